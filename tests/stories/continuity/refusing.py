"""Identity with its checking broken, as on 1 December 2025: it is there, its heart beats, it refuses everybody.

Started as ``python -m tests.stories.continuity.refusing identity``.
"""

import sys
from typing import Any

from matjar.compose.processes import main
from matjar.edge.passkeys import WRONG, Passkeys
from matjar.edge.passwords import Passwords


def _refuse(*_: Any, **__: Any) -> None:
    raise WRONG()


async def _is_wrong(*_: Any, **__: Any) -> bool:
    return False


Passkeys.check_used = _refuse  # type: ignore[assignment,method-assign]
Passwords.verify = _is_wrong  # type: ignore[method-assign]

if __name__ == "__main__":
    main(sys.argv[1])
