"""The verbs of sign-in beyond the password; each changes its tables and writes one entry of the house's record."""

from .factors import (
    add_passkey,
    confirm_totp,
    judged,
    make_codes,
    offer_totp,
    remove_passkey,
    remove_totp,
    sign_with_passkey,
)
from .house import answered, ask_one_again, enrol_device, link_account, pose, set_pin, set_policy, withdraw_device
from .resetting import answer_reset, ask_reset, member_of, reset

__all__ = [
    "add_passkey", "answer_reset", "answered", "ask_one_again", "ask_reset", "confirm_totp", "enrol_device", "judged",
    "link_account", "make_codes", "member_of", "offer_totp", "pose", "remove_passkey", "remove_totp", "reset",
    "set_pin", "set_policy", "sign_with_passkey", "withdraw_device",
]  # fmt: skip
