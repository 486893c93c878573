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
            "Tag",
            "OwnField",
            "ColumnMapping",
            "Member",
            "Customer",
            "Entry",
            "Call",
            "Contact",
            "Tagging",
            "OwnValue",
            "Fact",
            "Wish",
            "Merge",
            "Import",
            "Brought",
            "Invitation",
            "Reckoning",
            "Sale",
            "Finder",
            "Fit",
            "Estimate",
            "ServiceLine",
        )
    ]
