"""The demo business: who signs in to it, and which one it is."""

from regulars.record.business import Business

DEMO_EMAIL = "demo@regulars.example"
DEMO_PASSWORD = "thank you ten times"  # noqa: S105 (public on purpose; it exists only where somebody asked for the demo)


def demo_business() -> Business | None:
    """The demo business of this installation, when there is one."""
    return Business.objects.filter(is_demo=True).order_by("opened_at").first()
