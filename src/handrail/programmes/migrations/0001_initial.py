import django.db.models.deletion
import handrail.kit.ids
import handrail.kit.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('people', '0001_initial'),
        ('usersessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('code', models.CharField(max_length=10)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('summary', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('background', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('currency', models.CharField(default='SEK', max_length=3)),
                ('funder', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('funder_statement', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('funder_emblem', models.CharField(blank=True, max_length=40)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('is_public', models.BooleanField(default=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='FundingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('participation_share', models.DecimalField(decimal_places=5, default=0, max_digits=6)),
                ('source', models.CharField(max_length=300)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='funding_lines', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('sender_name', models.CharField(blank=True, max_length=150)),
                ('sender_email', models.EmailField(max_length=254)),
                ('text', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='TargetGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('order', models.PositiveIntegerField(default=0)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='target_groups', to='programmes.programme')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('part', models.CharField(choices=[('owner', 'Project owner'), ('participant', 'Participating municipality'), ('partner', 'Partner')], max_length=12)),
                ('order', models.PositiveIntegerField(default=0)),
                ('contact_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='programmes.programme')),
            ],
            options={
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'organisation'), name='partner_once')],
            },
        ),
        migrations.CreateModel(
            name='DevelopmentArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=20)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('order', models.PositiveIntegerField(default=0)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='programmes.programme')),
            ],
            options={
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='area_once')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(max_length=20)),
                ('contact', models.CharField(choices=[('direct', 'Direct contact with newcomers'), ('indirect', 'Indirect contact with newcomers'), ('unknown', 'Not stated')], default='unknown', max_length=10)),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='programmes.programme')),
                ('target_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.targetgroup')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['programme', 'organisation'], name='programmes__program_3c8068_idx')],
                'constraints': [models.UniqueConstraint(fields=('programme', 'person'), name='takes_part_once'), models.UniqueConstraint(fields=('programme', 'number'), name='participation_number_once')],
            },
        ),
    ]
