"""Promises, jobs, asks, hand-offs and what hangs on them."""

import django.db.models.deletion
import regulars.record.owned
import uuid_utils.compat
from decimal import Decimal
from django.db import migrations, models

from regulars.record.rowsecurity import RowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0005_search_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='branch',
            name='promises_an_hour',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='business',
            name='comeback_days',
            field=models.PositiveSmallIntegerField(default=90),
        ),
        migrations.AddField(
            model_name='business',
            name='estimate_buffer',
            field=models.DecimalField(decimal_places=3, default=Decimal('0.10'), max_digits=4),
        ),
        migrations.AddField(
            model_name='business',
            name='mission',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='business',
            name='promise_share',
            field=models.DecimalField(decimal_places=2, default=Decimal('0.90'), max_digits=3),
        ),
        migrations.AddField(
            model_name='business',
            name='warn_share',
            field=models.DecimalField(decimal_places=2, default=Decimal('0.25'), max_digits=3),
        ),
        migrations.CreateModel(
            name='JobKind',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('retired_at', models.DateTimeField(null=True)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
            ],
            options={
                'ordering': ['name'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('busy', models.PositiveIntegerField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('took', models.PositiveIntegerField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('worth', models.BigIntegerField(null=True)),
                ('estimate', models.BigIntegerField(null=True)),
                ('agreed', models.BigIntegerField(null=True)),
                ('agreed_how', models.CharField(blank=True, max_length=200)),
                ('bill', models.BigIntegerField(null=True)),
                ('billed_at', models.DateTimeField(null=True)),
                ('cost', models.BigIntegerField(null=True)),
                ('branch', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.branch')),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('comeback_of', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='comebacks', to='record.job')),
                ('customer', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='jobs', to='record.customer')),
                ('finished_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('opened_by', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
                ('performer', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('kind', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.jobkind')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ExtraIdea',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=200)),
                ('suits', models.CharField(blank=True, max_length=200)),
                ('cost', models.BigIntegerField(default=0)),
                ('retired_at', models.DateTimeField(null=True)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('kind', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.jobkind')),
            ],
            options={
                'ordering': ['what'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('customer', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='links', to='record.customer')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('does', models.CharField(max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('price', models.BigIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('retired_at', models.DateTimeField(null=True)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
            ],
            options={
                'ordering': ['does', 'name'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('first_due_at', models.DateTimeField()),
                ('zone', models.CharField(max_length=60)),
                ('share', models.FloatField(null=True)),
                ('promised', models.PositiveIntegerField()),
                ('first_promised', models.PositiveIntegerField()),
                ('moved_to', models.DateTimeField(null=True)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('paused', models.PositiveIntegerField(default=0)),
                ('warn_at', models.DateTimeField()),
                ('warned_at', models.DateTimeField(null=True)),
                ('broken_at', models.DateTimeField(null=True)),
                ('kept_at', models.DateTimeField(null=True)),
                ('took', models.PositiveIntegerField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('missed_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, max_length=500)),
                ('branch', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.branch')),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('customer', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='promises', to='record.customer')),
                ('job', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='promises', to='record.job')),
                ('keeper', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('kept_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('kind', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.jobkind')),
                ('made_by', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('why', models.CharField(max_length=300)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('by', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
                ('promise', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='pauses', to='record.promise')),
            ],
            options={
                'ordering': ['began_at'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('was', models.DateTimeField()),
                ('to', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('told_first', models.BooleanField(default=False)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('by', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
                ('promise', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='moves', to='record.promise')),
            ],
            options={
                'ordering': ['at'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Extra',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=200)),
                ('cost', models.BigIntegerField(default=0)),
                ('given_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('customer', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='extras', to='record.customer')),
                ('given_by', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
                ('idea', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.extraidea')),
                ('job', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='extras', to='record.job')),
                ('promise', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='extras', to='record.promise')),
            ],
            options={
                'ordering': ['-given_at'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200)),
                ('looked_at', models.DateTimeField(null=True)),
                ('decision', models.CharField(blank=True, max_length=500)),
                ('ended_at', models.DateTimeField(null=True)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
            ],
            options={
                'ordering': ['text'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Bend',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(max_length=500)),
                ('good', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('by', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
                ('customer', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.customer')),
                ('rule', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='bends', to='record.rule')),
            ],
            options={
                'ordering': ['-at'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='StandardAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('asked', models.CharField(max_length=200)),
                ('how', models.CharField(max_length=500)),
                ('cost', models.BigIntegerField(default=0)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('retired_at', models.DateTimeField(null=True)),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('partner', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.partner')),
            ],
            options={
                'ordering': ['asked'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=1000)),
                ('source', models.CharField(choices=[('counter', 'at the counter'), ('phone', 'on the phone'), ('letter', 'in a letter'), ('page', 'on the customer’s page')], max_length=10)),
                ('not_right', models.BooleanField(default=False)),
                ('heard_at', models.DateTimeField()),
                ('yes_at', models.DateTimeField(null=True)),
                ('how', models.CharField(blank=True, max_length=500)),
                ('cost', models.BigIntegerField(default=0)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('price', models.BigIntegerField(default=0)),
                ('as_friend', models.BooleanField(default=False)),
                ('done_at', models.DateTimeField(null=True)),
                ('no_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('instead', models.CharField(blank=True, max_length=500)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review', models.CharField(blank=True, max_length=500)),
                ('looked_after_at', models.DateTimeField(null=True)),
                ('helped', models.BooleanField(null=True)),
                ('branch', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.branch')),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('customer', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='asks', to='record.customer')),
                ('done_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('heard_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('keeper', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('no_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('reviewed_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('yes_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('job', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='asks', to='record.job')),
                ('partner', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='asks', to='record.partner')),
                ('standard', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='asks', to='record.standardanswer')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.PositiveSmallIntegerField()),
                ('per_case', models.BigIntegerField()),
                ('per_month', models.BigIntegerField()),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('business', 'id'), name='authority_key'), models.UniqueConstraint(fields=('business', 'role'), name='authority_role')],
            },
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['business', 'customer', 'opened_at'], name='job_customer'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['business', 'branch', 'opened_at'], name='job_branch'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['business', 'comeback_of'], name='job_comeback'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('dropped_at', None), ('finished_at', None)), fields=['business', 'branch'], name='job_open'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['business', 'customer', 'made_at'], name='promise_customer'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['business', 'job'], name='promise_job'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['business', 'kept_at'], name='promise_kept'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('missed_at__isnull', False)), fields=['business', 'missed_at'], name='promise_missed'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['business', 'made_at', 'id'], name='promise_made'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('dropped_at', None), ('kept_at', None), ('missed_at', None)), fields=['business', 'due_at'], name='promise_open'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('dropped_at', None), ('kept_at', None), ('missed_at', None)), fields=['business', 'branch', 'due_at'], name='promise_open_branch'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('dropped_at', None), ('kept_at', None), ('missed_at', None), ('waiting_since', None), ('warned_at', None)), fields=['business', 'warn_at'], name='promise_warn'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('kept_at__isnull', False), ('told_at', None)), fields=['business', 'kept_at'], name='promise_to_tell'),
        ),
        migrations.AddIndex(
            model_name='pause',
            index=models.Index(fields=['business', 'promise'], name='pause_promise'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['business', 'promise'], name='move_promise'),
        ),
        migrations.AddIndex(
            model_name='extra',
            index=models.Index(fields=['business', 'customer', 'given_at'], name='extra_customer'),
        ),
        migrations.AddIndex(
            model_name='extra',
            index=models.Index(fields=['business', 'job'], name='extra_job'),
        ),
        migrations.AddIndex(
            model_name='extra',
            index=models.Index(fields=['business', 'promise'], name='extra_promise'),
        ),
        migrations.AddIndex(
            model_name='extra',
            index=models.Index(fields=['business', 'given_by', 'given_at'], name='extra_given'),
        ),
        migrations.AddIndex(
            model_name='bend',
            index=models.Index(fields=['business', 'rule', 'at'], name='bend_rule'),
        ),
        migrations.AddIndex(
            model_name='bend',
            index=models.Index(fields=['business', 'customer'], name='bend_customer'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['business', 'customer', 'heard_at'], name='ask_customer'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['business', 'heard_at', 'id'], name='ask_heard'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['business', 'yes_by', 'yes_at'], name='ask_yes'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['business', 'job'], name='ask_job'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(condition=models.Q(('no_at', None), ('yes_at', None)), fields=['business', 'heard_at'], name='ask_open'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(condition=models.Q(('done_at', None), ('yes_at__isnull', False)), fields=['business', 'yes_at'], name='ask_owed'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(condition=models.Q(('no_at__isnull', False), ('reviewed_at', None)), fields=['business', 'no_at'], name='ask_review'),
        ),
        migrations.AddConstraint(
            model_name='jobkind',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='jobkind_key'),
        ),
        migrations.AddConstraint(
            model_name='jobkind',
            constraint=models.UniqueConstraint(fields=('business', 'name'), name='jobkind_name'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='job_key'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('comeback_of', None), ('bill', None), ('bill', 0), _connector='OR'), name='comeback_is_free'),
        ),
        migrations.AddConstraint(
            model_name='extraidea',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='extraidea_key'),
        ),
        migrations.AddConstraint(
            model_name='extraidea',
            constraint=models.UniqueConstraint(fields=('business', 'what'), name='extraidea_what'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='link_key'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('business', 'customer'), name='link_once'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='partner_key'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(fields=('business', 'name'), name='partner_name'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='promise_key'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='pause_key'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='move_key'),
        ),
        migrations.AddConstraint(
            model_name='extra',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='extra_key'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='rule_key'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.UniqueConstraint(fields=('business', 'text'), name='rule_text'),
        ),
        migrations.AddConstraint(
            model_name='bend',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='bend_key'),
        ),
        migrations.AddConstraint(
            model_name='standardanswer',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='standardanswer_key'),
        ),
        migrations.AddConstraint(
            model_name='standardanswer',
            constraint=models.UniqueConstraint(fields=('business', 'asked'), name='standardanswer_asked'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.UniqueConstraint(fields=('business', 'id'), name='ask_key'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('yes_at', None), ('no_at', None), _connector='OR'), name='ask_yes_or_no'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('as_friend', False), ('price', 0), _connector='OR'), name='ask_friends_pay_nothing'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('no_at', None), models.Q(('reason', ''), ('instead', ''), _connector='OR', _negated=True), _connector='OR'), name='ask_no_has_a_reason'),
        ),
        migrations.CreateModel(
            name='Forecast',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('learnt_at', models.DateTimeField()),
                ('jobs', models.PositiveIntegerField()),
                ('learnt', models.JSONField()),
                ('branch', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='forecasts', to='record.branch')),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('business', 'id'), name='forecast_key'), regulars.record.owned.CompositeKey(column='branch_id', name='forecast_branch_key', to='record_branch'), models.UniqueConstraint(fields=('business', 'branch'), name='forecast_once')],
            },
        ),
        migrations.CreateModel(
            name='HandOff',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('say', models.CharField(blank=True, max_length=500)),
                ('hears_by', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('heard_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('cared_for', models.BooleanField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('ask', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='handoffs', to='record.ask')),
                ('business', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='record.business')),
                ('checked_by', regulars.record.owned.OwnedForeignKey(db_index=False, null=True, related_name='+', to='record.member')),
                ('giver', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
                ('taker', regulars.record.owned.OwnedForeignKey(db_index=False, related_name='+', to='record.member')),
            ],
            options={
                'ordering': ['at'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['business', 'ask'], name='handoff_ask'), models.Index(condition=models.Q(('heard_at', None), ('withdrawn_at', None)), fields=['business', 'taker', 'hears_by'], name='handoff_taker'), models.Index(condition=models.Q(('checked_at', None), ('withdrawn_at', None)), fields=['business', 'giver', 'heard_at'], name='handoff_giver')],
                'constraints': [models.UniqueConstraint(fields=('business', 'id'), name='handoff_key'), regulars.record.owned.CompositeKey(column='ask_id', name='handoff_ask_key', to='record_ask'), regulars.record.owned.CompositeKey(column='giver_id', name='handoff_giver_key', to='record_member'), regulars.record.owned.CompositeKey(column='taker_id', name='handoff_taker_key', to='record_member'), regulars.record.owned.CompositeKey(column='checked_by_id', name='handoff_checked_by_key', to='record_member'), models.UniqueConstraint(condition=models.Q(('checked_at', None), ('withdrawn_at', None)), fields=('business', 'ask'), name='handoff_open_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='job_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='branch_id', name='job_branch_key', to='record_branch'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='kind_id', name='job_kind_key', to='record_jobkind'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='performer_id', name='job_performer_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='opened_by_id', name='job_opened_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='comeback_of_id', name='job_comeback_of_key', to='record_job'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=regulars.record.owned.CompositeKey(column='finished_by_id', name='job_finished_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='extraidea',
            constraint=regulars.record.owned.CompositeKey(column='kind_id', name='extraidea_kind_key', to='record_jobkind'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='link_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='promise_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='job_id', name='promise_job_key', to='record_job'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='branch_id', name='promise_branch_key', to='record_branch'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='kind_id', name='promise_kind_key', to='record_jobkind'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='made_by_id', name='promise_made_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='keeper_id', name='promise_keeper_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=regulars.record.owned.CompositeKey(column='kept_by_id', name='promise_kept_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=regulars.record.owned.CompositeKey(column='promise_id', name='pause_promise_key', to='record_promise'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=regulars.record.owned.CompositeKey(column='by_id', name='pause_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=regulars.record.owned.CompositeKey(column='promise_id', name='move_promise_key', to='record_promise'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=regulars.record.owned.CompositeKey(column='by_id', name='move_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='extra',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='extra_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='extra',
            constraint=regulars.record.owned.CompositeKey(column='job_id', name='extra_job_key', to='record_job'),
        ),
        migrations.AddConstraint(
            model_name='extra',
            constraint=regulars.record.owned.CompositeKey(column='promise_id', name='extra_promise_key', to='record_promise'),
        ),
        migrations.AddConstraint(
            model_name='extra',
            constraint=regulars.record.owned.CompositeKey(column='idea_id', name='extra_idea_key', to='record_extraidea'),
        ),
        migrations.AddConstraint(
            model_name='extra',
            constraint=regulars.record.owned.CompositeKey(column='given_by_id', name='extra_given_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='bend',
            constraint=regulars.record.owned.CompositeKey(column='rule_id', name='bend_rule_key', to='record_rule'),
        ),
        migrations.AddConstraint(
            model_name='bend',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='bend_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='bend',
            constraint=regulars.record.owned.CompositeKey(column='by_id', name='bend_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='standardanswer',
            constraint=regulars.record.owned.CompositeKey(column='partner_id', name='standardanswer_partner_key', to='record_partner'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='customer_id', name='ask_customer_key', to='record_customer'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='branch_id', name='ask_branch_key', to='record_branch'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='job_id', name='ask_job_key', to='record_job'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='standard_id', name='ask_standard_key', to='record_standardanswer'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='heard_by_id', name='ask_heard_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='keeper_id', name='ask_keeper_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='yes_by_id', name='ask_yes_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='partner_id', name='ask_partner_key', to='record_partner'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='done_by_id', name='ask_done_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='no_by_id', name='ask_no_by_key', to='record_member'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=regulars.record.owned.CompositeKey(column='reviewed_by_id', name='ask_reviewed_by_key', to='record_member'),
        ),
        RowSecurity(
            "Job",
            "JobKind",
            "Promise",
            "Move",
            "Pause",
            "Link",
            "Extra",
            "ExtraIdea",
            "Ask",
            "StandardAnswer",
            "HandOff",
            "Partner",
            "Rule",
            "Bend",
            "Authority",
            "Forecast",
        ),
    ]
