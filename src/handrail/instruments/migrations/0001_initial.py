import django.db.models.deletion
import handrail.kit.ids
import handrail.kit.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=60)),
                ('title', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('kind', models.CharField(choices=[('mapping', 'Competence mapping'), ('confidence', "Confidence in one's role")], default='mapping', max_length=12)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='questionnaire_once')],
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('definition', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('warnings', models.JSONField(default=list)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='instruments.questionnaire')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'number'), name='version_once')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=20)),
                ('label', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('position', models.PositiveIntegerField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='instruments.questionnaireversion')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'name'), name='question_once')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('title', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('respondent', models.CharField(choices=[('self', 'About oneself'), ('manager', 'The manager about each person')], default='self', max_length=10)),
                ('phase', models.CharField(choices=[('before', 'Before'), ('after', 'After'), ('later', 'Six months later')], default='before', max_length=10)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.round')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='instruments.questionnaireversion')),
            ],
            options={
                'ordering': ['-opens_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('respondent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='instruments.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'respondent', 'about'), name='invited_once')],
                'indexes': [models.Index(fields=['respondent', 'completed_at'], name='instruments_respond_29a20b_idx'), models.Index(fields=['round', 'unit', 'completed_at'], name='instruments_round_i_02efb5_idx')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('answers', models.JSONField()),
                ('is_complete', models.BooleanField(default=False)),
                ('language', models.CharField(max_length=10)),
                ('received_at', models.DateTimeField()),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='instruments.invitation')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['invitation', '-id'], name='instruments_invitat_df0985_idx')],
            },
        ),
    ]
