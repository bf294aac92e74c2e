import django.db.models.deletion
import handrail.kit.ids
import handrail.kit.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('competences', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=20)),
                ('title', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('description', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('form', models.CharField(choices=[('lecture', 'Lecture'), ('group_work', 'Group work'), ('online', 'Online')], max_length=12)),
                ('minutes', models.PositiveIntegerField()),
                ('prepares_for', models.CharField(blank=True, choices=[('coordinator', 'Project owner'), ('process_leader', 'Process leader'), ('line_manager', 'Line manager'), ('trainer', 'Trainer'), ('auditor', "Funder's auditor"), ('administrator', 'Administrator')], max_length=20)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('requires', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.module')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='module_once')],
            },
        ),
        migrations.CreateModel(
            name='LearningOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=20)),
                ('statement', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('to_level', models.PositiveSmallIntegerField()),
                ('adds', models.PositiveSmallIntegerField(default=1)),
                ('order', models.PositiveIntegerField(default=0)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competences.competence')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='curriculum.module')),
            ],
            options={
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('module', 'code'), name='outcome_once')],
            },
        ),
    ]
