"""What a failure of the wire means, in words for people."""

from __future__ import annotations

import errno
import ssl

import httpcore2


def words(error: Exception) -> str:
    """Never in the server's own words."""
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


def short_of_files(error: BaseException | None) -> bool:
    """Whether it is this machine that has no more connections to give."""
    while error and getattr(error, "errno", None) not in (errno.EMFILE, errno.ENFILE):
        error = error.__cause__ or error.__context__
    return error is not None


SIGNS = {
    "without sending a response": "closed the connection without an HTTP answer",
    "without sending complete": "its answer ends early",
    "incomplete chunked": "its answer ends early",
    "too long": "its headers are larger than 100 KiB",
}
