"""Row-level security for every table that belongs to a business."""

from django.db import migrations

from regulars.record.rowsecurity import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [
        RowSecurity(
            "Branch",
            "OpenInterval",
            "SpecialDay",
            "ColumnMapping",
            "Fit",
            "ServiceLine",
            "Tag",
            "OwnField",
            "Member",
            "Customer",
            "Entry",
            "Finder",
            "Contact",
            "Fact",
            "Wish",
            "Call",
            "Import",
            "Brought",
            "Sale",
            "Estimate",
            "Tagging",
            "OwnValue",
            "Merge",
            "Invitation",
            "Reckoning",
        )
    ]
