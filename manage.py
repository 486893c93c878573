"""Django's own commands, for developers; everybody else uses `regulars`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.site.settings")
execute_from_command_line(sys.argv)
