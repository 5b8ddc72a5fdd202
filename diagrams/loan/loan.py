"""What happens in the service tasks of loan.bpmn. What is decided stands in loan.dmn."""

from __future__ import annotations

from typing import Any


def pay_out(amount: int, decision: dict[str, Any]) -> dict[str, str]:
    """Pay the loan out, at the rate that was decided."""
    print(f"paid out {amount} at {decision['rate']} %")
    return {"outcome": "paid"}


def decline(amount: int) -> dict[str, str]:
    """Tell that there will be no loan."""
    print(f"declined {amount}")
    return {"outcome": "declined"}
