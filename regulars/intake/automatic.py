"""Which letters were written by a machine, and which no machine may answer: two robots must not write to each other."""

import re

_ROBOTS = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|no_reply|do-?not-?reply|do_not_reply|donotreply|bounces?|ne-?otvechai"
    r"|ei-?vasta|ala-?vasta)(?:[+=.-].*)?@"
)
_DAEMONS = re.compile(r"^(?:mailer-daemon|postmaster|bounces?)(?:[+=.-].*)?@")
_SAYS_SO = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autorply", "x-mail-autoreply")


def sender(writers: list[tuple[str, str]], reply_to: list[tuple[str, str]]) -> tuple[str, str]:
    """Name and address of who wrote it; of a form on a website, which writes as "noreply", who is to be answered."""
    writer = writers[0] if writers else ("", "")
    if reply_to and (not writer[1] or (_ROBOTS.match(writer[1]) and not _DAEMONS.match(writer[1]))):
        return reply_to[0]
    return writer


def is_machine(headers: dict[str, str], sender: str, form: str) -> bool:
    """An answering machine, a bounce, a newsletter. What people wrote to each other through a list is not."""
    said = headers.get("auto-submitted", "no").lower().split(";")[0].strip()
    precedence = headers.get("precedence", "").lower().strip()
    return (
        said not in ("no", "")
        or precedence in ("bulk", "junk", "auto_reply")
        or any(name in headers for name in _SAYS_SO)
        or headers.get("return-path", "?").strip() == "<>"
        or form == "multipart/report"
        or bool(_ROBOTS.match(sender))
        or (_is_of_list(headers) and "list-post" not in headers)
    )


def is_muted(headers: dict[str, str], sender: str, form: str) -> bool:
    """Whether nothing goes back by itself."""
    return (
        is_machine(headers, sender, form)
        or _is_of_list(headers)
        or headers.get("precedence", "").lower().strip() == "list"
        or "x-auto-response-suppress" in headers
        or not sender
    )


def _is_of_list(headers: dict[str, str]) -> bool:
    return any(name.startswith("list-") for name in headers)
