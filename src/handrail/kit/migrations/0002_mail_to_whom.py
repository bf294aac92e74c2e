from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("kit", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentmail",
            name="person",
            field=models.UUIDField(db_index=True, null=True),
        ),
    ]
