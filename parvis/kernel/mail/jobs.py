"""Handing a letter to the mail server. What it refuses for good is a dead letter; the rest is tried for ten hours."""

import smtplib

from django.core.mail import EmailMultiAlternatives

from parvis.kernel.jobs.registry import GiveUp, job


@job(lane="mail", attempts=8, forgets=True)
def send(*, to: str, subject: str, text: str, html: str, headers: dict[str, str], message_id: str) -> None:
    letter = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[to],
        headers={
            "Message-ID": message_id,
            # Nobody's absence message answers a machine (RFC 3834; the second is Exchange's).
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **headers,
        },
        alternatives=[(html, "text/html")],
    )
    try:
        letter.send()
    except smtplib.SMTPException as refusal:
        if _is_for_good(refusal):
            raise GiveUp(f"The mail server refused: {refusal}") from refusal
        raise


def _is_for_good(refusal: smtplib.SMTPException) -> bool:
    """5xx about this letter. A wrong password or a closed door is about us, and an administrator mends it."""
    if isinstance(refusal, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in refusal.recipients.values())
    return isinstance(refusal, smtplib.SMTPResponseException) and refusal.smtp_code >= 500
