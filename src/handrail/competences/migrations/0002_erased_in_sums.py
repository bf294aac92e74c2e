from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("competences", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="mapleaf",
            name="people",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="mapleaf",
            name="gone",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
