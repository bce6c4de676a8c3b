"""Every write about evidence, one verb a file."""

from afteraction.web.evidence.actions.analyse import analyse_files, analyse_originals, keep
from afteraction.web.evidence.actions.declare import declare, withdraw_declaration
from afteraction.web.evidence.actions.deliver import Replayed, deliver
from afteraction.web.evidence.actions.links import Described, add_link, ask_for_check, remove_link
from afteraction.web.evidence.actions.log_entry import log_entry
from afteraction.web.evidence.actions.paste import paste_text
from afteraction.web.evidence.actions.pulls import Wish, ask_for_pull, go_on_pulling
from afteraction.web.evidence.actions.purge import purge_evidence
from afteraction.web.evidence.actions.refusals import DiskFull, Purged, Refused, TooLarge, WrongOffset
from afteraction.web.evidence.actions.save_mapping import forget_mapping, map_columns, use_mapping
from afteraction.web.evidence.actions.take_in import Coming, Taken, take_in_bytes
from afteraction.web.evidence.actions.upload import abandon_upload, add_piece, begin_upload, finish_upload
from afteraction.web.evidence.actions.webhooks import open_webhook, revoke_webhook, rotate_webhook

__all__ = [
    "Coming", "Described", "DiskFull", "Purged", "Refused", "Replayed", "Taken", "TooLarge", "Wish", "WrongOffset",
    "abandon_upload", "add_link", "add_piece", "analyse_files", "analyse_originals", "ask_for_check",
    "ask_for_pull", "begin_upload",
    "declare", "deliver", "finish_upload", "forget_mapping", "go_on_pulling", "keep", "log_entry", "map_columns",
    "open_webhook", "paste_text", "purge_evidence", "remove_link", "revoke_webhook", "rotate_webhook", "take_in_bytes",
    "use_mapping", "withdraw_declaration",
]  # fmt: skip
