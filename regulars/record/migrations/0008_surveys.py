"""The three questions: asked, answered, and what the answers start."""

import django.db.models.deletion
import regulars.record.owned
import uuid_utils.compat
from decimal import Decimal
from django.db import migrations, models

from regulars.record.rowsecurity import RowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0007_complaints'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(choices=[('expectations', 'Did it meet what you expected?'), ('value', 'Was it worth the price?'), ('efficiency', 'Were we quick, and good at it?'), ('wish', 'What would you like us to have?'), ('comment', 'Would you like to tell us more?')], max_length=12)),
                ('language', models.CharField(max_length=10)),
                ('text', models.CharField(max_length=200)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField()),
                ('receipt', models.CharField(blank=True, max_length=100)),
                ('way', models.CharField(choices=[('till', 'at the till'), ('counter', 'at the counter, asked by name'), ('letter', 'by the link in our letter'), ('branch', 'by the code on the receipt or the wall'), ('page', 'on the customer’s page')], max_length=7)),
                ('language', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('landed_at', models.DateTimeField()),
                ('seconds', models.PositiveIntegerField(null=True)),
                ('expectations', models.PositiveSmallIntegerField(null=True)),
                ('value', models.PositiveSmallIntegerField(null=True)),
                ('efficiency', models.PositiveSmallIntegerField(null=True)),
                ('wish', models.CharField(blank=True, max_length=1000)),
                ('comment', models.CharField(blank=True, max_length=1000)),
                ('first', models.JSONField(null=True)),
                ('changed_at', models.DateTimeField(null=True)),
                ('aside_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('to', models.CharField(blank=True, max_length=254)),
                ('send_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Till',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('set_up_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('put_away_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['name'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddField(
            model_name='business',
            name='survey_after_hours',
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AddField(
            model_name='business',
            name='survey_by_mail',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='business',
            name='survey_gap_days',
            field=models.PositiveSmallIntegerField(default=60),
        ),
        migrations.AddField(
            model_name='business',
            name='survey_goal',
            field=models.DecimalField(decimal_places=2, default=Decimal('0.90'), max_digits=3),
        ),
        migrations.AddField(
            model_name='business',
            name='survey_low',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='business',
            name='survey_remind_days',
            field=models.PositiveSmallIntegerField(default=4),
        ),
        migrations.AddField(
            model_name='business',
            name='survey_valid_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name='customer',
            name='no_surveys_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='call',
            name='play',
            field=models.CharField(choices=[('top_ten', 'Top ten: say thank you'), ('slipping', 'Slipping away'), ('second_visit', 'A second visit'), ('low_answer', 'Was not content'), ('granted', 'A wish that we can grant now'), ('agreed', 'As agreed')], max_length=20),
        ),
        migrations.AlterField(
            model_name='complaint',
            name='source',
            field=models.CharField(choices=[('counter', 'at the counter'), ('phone', 'on the phone'), ('letter', 'in a letter'), ('mail', 'by e-mail'), ('form', 'on our page for complaints'), ('page', 'on the customer’s page'), ('survey', 'in an answer to our questions')], max_length=10),
        ),
        migrations.AlterField(
            model_name='wish',
            name='source',
            field=models.CharField(choices=[('call', 'said on the phone'), ('visit', 'said at a visit'), ('letter', 'wrote it'), ('survey', 'answered our questions'), ('guess', 'our guess')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='sale',
            index=models.Index(condition=models.Q(('receipt', ''), _negated=True), fields=['business', 'receipt'], name='sale_receipt'),
        ),
        migrations.AddField(
            model_name='question',
            name='business',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business'),
        ),
        migrations.AddField(
            model_name='rating',
            name='branch',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.branch'),
        ),
        migrations.AddField(
            model_name='rating',
            name='business',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business'),
        ),
        migrations.AddField(
            model_name='rating',
            name='call',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.call'),
        ),
        migrations.AddField(
            model_name='rating',
            name='complaint',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.complaint'),
        ),
        migrations.AddField(
            model_name='rating',
            name='customer',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='ratings', to='record.customer'),
        ),
        migrations.AddField(
            model_name='rating',
            name='heard',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.wish'),
        ),
        migrations.AddField(
            model_name='rating',
            name='job',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='ratings', to='record.job'),
        ),
        migrations.AddField(
            model_name='rating',
            name='member',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member'),
        ),
        migrations.AddField(
            model_name='survey',
            name='asked_by',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member'),
        ),
        migrations.AddField(
            model_name='survey',
            name='branch',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.branch'),
        ),
        migrations.AddField(
            model_name='survey',
            name='business',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business'),
        ),
        migrations.AddField(
            model_name='survey',
            name='customer',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, related_name='surveys', to='record.customer'),
        ),
        migrations.AddField(
            model_name='survey',
            name='job',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.job'),
        ),
        migrations.AddField(
            model_name='survey',
            name='member',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member'),
        ),
        migrations.AddField(
            model_name='rating',
            name='survey',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.survey'),
        ),
        migrations.AddField(
            model_name='till',
            name='branch',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.branch'),
        ),
        migrations.AddField(
            model_name='till',
            name='business',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business'),
        ),
        migrations.AddField(
            model_name='rating',
            name='till',
            field=regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.till'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='question_key'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('business', 'key', 'language'), name='question_once'),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(fields=['business', 'customer', 'asked_at'], name='survey_customer'),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(fields=['business', 'asked_at'], name='survey_asked'),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(condition=models.Q(('job__isnull', False)), fields=['business', 'job'], name='survey_job'),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(condition=models.Q(('send_at__isnull', False)), fields=['business', 'send_at'], name='survey_to_send'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='survey_key'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='survey_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=regulars.record.owned.CompositeKey(column='branch_id', name='survey_branch_key', to='record_branch'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=regulars.record.owned.CompositeKey(column='job_id', name='survey_job_key', to='record_job'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=regulars.record.owned.CompositeKey(column='member_id', name='survey_member_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=regulars.record.owned.CompositeKey(column='asked_by_id', name='survey_asked_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(fields=('business', 'customer', 'day'), name='survey_once'),
        ),
        migrations.AddConstraint(
            model_name='till',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='till_key'),
        ),
        migrations.AddConstraint(
            model_name='till',
            constraint=regulars.record.owned.CompositeKey(column='branch_id', name='till_branch_key', to='record_branch'),
        ),
        migrations.AddConstraint(
            model_name='till',
            constraint=models.UniqueConstraint(condition=models.Q(('put_away_at', None)), fields=('business', 'branch', 'name'), name='till_name'),
        ),
        migrations.AddIndex(
            model_name='rating',
            index=models.Index(fields=['business', 'at', 'id'], name='rating_at'),
        ),
        migrations.AddIndex(
            model_name='rating',
            index=models.Index(fields=['business', 'customer', 'at'], name='rating_customer'),
        ),
        migrations.AddIndex(
            model_name='rating',
            index=models.Index(condition=models.Q(('job__isnull', False)), fields=['business', 'job'], name='rating_job'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='rating_key'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='survey_id', name='rating_survey_key', to='record_survey'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='till_id', name='rating_till_key', to='record_till'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='rating_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='branch_id', name='rating_branch_key', to='record_branch'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='job_id', name='rating_job_key', to='record_job'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='member_id', name='rating_member_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='complaint_id', name='rating_complaint_key', to='record_complaint'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='call_id', name='rating_call_key', to='record_call'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=regulars.record.owned.CompositeKey(column='heard_id', name='rating_heard_key', to='record_wish'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('business', 'key'), name='rating_key_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('survey__isnull', False)), fields=('business', 'survey'), name='rating_of_survey'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('receipt', ''), _negated=True), fields=('business', 'branch', 'receipt'), name='rating_of_receipt'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('expectations', None), ('expectations__range', (1, 5)), _connector='OR'), name='expectations_to_5'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('value', None), ('value__range', (1, 5)), _connector='OR'), name='value_to_5'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('efficiency', None), ('efficiency__range', (1, 5)), _connector='OR'), name='efficiency_to_5'),
        ),
        RowSecurity(
            "Question",
            "Rating",
            "Survey",
            "Till",
        ),
    ]
