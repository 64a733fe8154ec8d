"""What the storage itself says no to."""

from matjar.core.refusal import Kind, declare

BUSY = declare("storage.busy", Kind.BUSY, "Very many people are buying right now. Please try again in a moment.")
AWAY = declare(
    "storage.away",
    Kind.AWAY,
    "This could not be confirmed right now. Nothing was charged; please look again in a moment.",
)
NOT_DURABLE = declare("storage.not_durable", Kind.AWAY, "PostgreSQL's {name} must be {value}, or it may forget sales.")
FULL = declare("storage.full", Kind.AWAY, "The platform's disk is full; it can be read, but not written.")
FAULT = declare("platform.fault", Kind.FAULT, "Something went wrong on our side. We have been told.")
KEY_REUSED = declare("idempotency.reused", Kind.INVALID, "This idempotency key was used for something else.")
BAD_ARGUMENTS = declare("command.bad_arguments", Kind.INVALID, "What was sent does not fit: {reason}.")
TOO_LARGE = declare("command.too_large", Kind.INVALID, "This is more than can be saved at once.")
UNKNOWN_OPERATION = declare("command.unknown", Kind.INVALID, "There is no operation {operation}.")
NO_SHOP = declare("storage.no_shop", Kind.NOT_FOUND, "There is no such shop.")
