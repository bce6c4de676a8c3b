"""The names of all scenarios, fixed from the start, so that a scenario never changes its half."""

CULPRITS = (
    "ledger-pool-timeouts",
    "parcel-lookups-slow",
    "quotes-overload",
    "thumbnails-restarts",
    "push-hub-growth",
    "profiles-origin-load",
    "vouchers-wrong-totals",
    "device-sessions-refused",
    "signup-cpu",
    "exports-restarts",
    "invoices-unparsed",
    "stock-unauthorised",
    "search-rollout",
    "menus-saturated",
    "partners-throttled",
    "mailings-backlog",
    "transfers-deadlocks",
    "meters-handshakes",
    "suppliers-rejected",
    "rides-lag",
)
NONE = (
    "tickets-saturated",
    "policies-handshakes",
    "matches-slow-node",
    "webhooks-unresolved",
    "addresses-timeouts",
    "imports-crashing",
    "reminders-refused",
    "badges-refused",
)
