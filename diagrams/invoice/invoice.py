"""What the invoice process does: everything else in it waits, for people, money and time."""

from __future__ import annotations


def send(number: int, approved_by: str) -> None:
    """Send the invoice."""
    print(f"invoice {number} is sent, approved by {approved_by}")


def remind(number: int, reminders: int = 0) -> dict[str, int]:
    """Ask for the money once more."""
    print(f"invoice {number}: reminder {reminders + 1}")
    return {"reminders": reminders + 1}
