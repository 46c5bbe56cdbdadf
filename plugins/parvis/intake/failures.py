"""What a failure of the wire means, in words for people."""

from __future__ import annotations

import errno
import ssl

import httpcore2


def words(error: Exception) -> str:
    """Never in the server's own words."""
    if lacking := here(error):
        return lacking
    cause, text = error.__cause__ or error, str(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        old = cause.reason in ("TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL")
        return "speaks no TLS that is safe any more" if old else "does not speak TLS"
    for sign, meaning in SIGNS.items():
        if sign in text:
            return meaning
    return "does not speak HTTP" if isinstance(error, httpcore2.ProtocolError) else "broke the connection off"


def here(error: BaseException | None) -> str:
    """What this machine lacks, where that is why; else nothing."""
    while error and getattr(error, "errno", None) not in LACKING:
        error = error.__cause__ or error.__context__
    return LACKING[error.errno] if isinstance(error, OSError) and error.errno else ""


TOO_MANY = "cannot be asked: too many files are open on this machine"
NO_ROOM = "cannot be kept: the folder for temporary files of this machine has no room"
LACKING = {errno.EMFILE: TOO_MANY, errno.ENFILE: TOO_MANY, errno.ENOSPC: NO_ROOM, errno.EDQUOT: NO_ROOM}
SIGNS = {
    "without sending a response": "closed the connection without an HTTP answer",
    "without sending complete": "its answer ends early",
    "incomplete chunked": "its answer ends early",
    "too long": "its headers are larger than 100 KiB",
}
