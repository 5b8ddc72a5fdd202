"""What happens in each task of order.bpmn. A task's parameters are variables of the process."""

from __future__ import annotations

from bpmn_xml import BpmnError, TaskContext

STOCK = {"lamp": 5, "chair": 0}
PRICES = {"lamp": 40, "chair": 75}


def check_stock(item: str, quantity: int) -> dict[str, bool]:
    """Look whether there is enough of it. What a task returns becomes variables."""
    return {"in_stock": STOCK.get(item, 0) >= quantity}


def charge_card(item: str, quantity: int, credit: int, context: TaskContext) -> dict[str, int]:
    """Take the money. The bank needs a second attempt: `bx:retries` in the drawing grants it."""
    if context.attempt == 0:
        raise ConnectionError("the bank does not answer")
    price = PRICES[item] * quantity
    if price > credit:
        raise BpmnError("PAYMENT_REFUSED", f"{price} is more than {credit}")
    return {"paid": price}


def pack_goods(item: str, quantity: int) -> dict[str, str]:
    """Make a parcel of it."""
    return {"parcel": f"{quantity} x {item}"}


def ship_goods(parcel: str) -> None:
    """Send the parcel."""
    print(f"shipped {parcel}")


def cancel_order(item: str) -> None:
    """Tell that it was not paid."""
    print(f"cancelled: no money for {item}")


def offer_to_wait(item: str) -> None:
    """Tell that it is not there."""
    print(f"out of stock: {item}")
