"""Mechanisms of access: permissions, secrets, certificates, addresses and names."""

from __future__ import annotations

from afteraction.engine.suspects.changes.mechanisms.shape import Gains, Loses, Mechanism, Shows, Turns, Way, pattern
from afteraction.engine.suspects.changes.symptoms.kinds import K

ROWS = (
    Mechanism(
        "less permission", "takes a permission away or asks for one more",
        "Calls that need it are refused from then on.",
        (Shows("permission turned", 0.9), Loses(pattern(r"\ballow\b|grant\b|role\b|scope|policy_?arn|actions?\s*=|"
                                                        r"principal|permission|AllowedOrigin|"
                                                        r"ingress\s*\{|security_?group|whitelist|allowlist"), 0.7),
         Gains(pattern(r"\bdeny\b|REVOKE|require_?(auth|role|scope)|@PreAuthorize|@Secured|readOnlyRootFilesystem|runAsNonRoot|NetworkPolicy|"
                       r"forbid|authoriz"), 0.7)),
        {K.AUTH: 1.0, K.ERRORS: 0.7, K.CONNECT: 0.3, K.TIMEOUT: 0.2, K.STARTUP: 0.2, K.DISK: 0.1},
    ),
    Mechanism(
        "a closed way through the network", "closes a way through the network, or opens fewer",
        "Packets are dropped without an answer: calls across it wait and time out, or are refused.",
        (Gains(pattern(r"NetworkPolicy|policyTypes|default-deny|Egress|egress|iptables|-j\s+DROP|network_acl|"
                       r"AuthorizationPolicy|Sidecar\b"), 0.9),
         Loses(pattern(r"cidr|ingress\s*[:{]|egress\s*[:{]|from_port|to_port|security_?group|peering|route_table|"
                       r"nat_gateway|allow"), 0.8)),
        {K.CONNECT: 1.0, K.TIMEOUT: 0.9, K.ERRORS: 0.6, K.AUTH: 0.2, K.PROBE: 0.3, K.LATENCY: 0.3},
    ),
    Mechanism(
        "another secret or identity", "changes a secret, key, audience or issuer",
        "The two sides no longer agree on who is who.",
        (Turns(pattern(r"^(secret|password|passwd|token|apikey|credential|audience|issuer|signing|jwt|jwk|username|kid|algorithm|oauth|samesite|cookie|hmac)$"),
               Way.EITHER, texts=True), Shows("secret turned", 0.8)),
        {K.AUTH: 1.0, K.ERRORS: 0.7, K.TLS: 0.2, K.STARTUP: 0.3, K.CLOCK: 0.2},
    ),
    Mechanism(
        "other certificates or protocols", "changes certificates, trust or protocol versions",
        "Handshakes with peers that have not changed fail.",
        (Turns(pattern(r"^(tls|ssl|cert|certificate|truststore|keystore|cipher|mtl|sni|minversion|ca|cacert)$"),
        Way.EITHER, texts=True),
         Gains(pattern(r"MinVersion|VerifyPeerCertificate|rejectUnauthorized|ClientAuth|mtls|PeerAuthentication|"
                       r"STRICT|RootCAs|truststore"), 0.7),
         Loses(pattern(r"InsecureSkipVerify|RootCAs|ca_?cert|truststore|cipher|ca-certificates|tls"), 0.7)),
        {K.TLS: 1.0, K.CERT: 0.3, K.CONNECT: 0.5, K.ERRORS: 0.6, K.AUTH: 0.3},
    ),
    Mechanism(
        "another address", "points to another host, port, topic or region",
        "What is asked for is not there, refuses, or is the wrong one.",
        (Shows("address turned", 0.85),
         Turns(pattern(r"^(host|port|url|uri|endpoint|dn|domain|region|bucket|topic|namespace|addres|addr|baseurl|upstream|dsn|database|resolver|"
                       r"nameserver|queue|cluster|stream|table|selector|targetport|ingres|route)$"), Way.EITHER,
                       texts=True)),
        {K.CONNECT: 1.0, K.TIMEOUT: 0.5, K.ERRORS: 0.7, K.UNKNOWN: 0.5, K.AUTH: 0.2, K.SCHEMA: 0.2, K.TLS: 0.3,
            K.QUEUE: 0.3, K.PROBE: 0.2},
    ),
    Mechanism(
        "a setting under another name", "renames or drops a setting that is read elsewhere",
        "Who reads the old name finds nothing, or falls back to a default.",
        (Shows("setting renamed", 0.9), Shows("setting gone", 0.6)),
        {K.SETTING: 1.0, K.STARTUP: 0.6, K.NULL: 0.4, K.ERRORS: 0.6, K.UNKNOWN: 0.5, K.CONNECT: 0.3, K.AUTH: 0.3,
            K.CRASH: 0.4},
    ),
    Mechanism(
        "headers or rules that hold no more", "no longer passes on what it passed on",
        "A directive set in a narrower block replaces all those of its kind from further out: headers, tokens and "
        "rules that were inherited are missing there.",
        (Shows("no longer inherited", 0.95),
         Gains(pattern(r"proxy_pass_request_headers\s+off|underscores_in_headers\s+off|strip_?headers?|"
                       r"remove_?headers?|RequestHeader\s+unset|del\(?.*headers?"), 0.8),
         Loses(pattern(r"proxy_set_header|forward_?headers?|set_?header|setHeader|add_header|withHeader|"
                       r"X-Forwarded|traceparent"), 0.7)),
        {K.AUTH: 1.0, K.ERRORS: 0.7, K.REJECTS: 0.6, K.UNKNOWN: 0.4, K.WRONG: 0.3, K.CONNECT: 0.2},
    ),
    Mechanism(
        "another route", "changes which request goes where",
        "Requests reach nobody, or the wrong one.",
        (Shows("route turned", 0.7), Turns(pattern(r"^(path|pathtype|route|rewrite|prefix|match|ingres|virtualhost|"
                                                   r"weight|stripprefix)$"),
                                          Way.EITHER, texts=True)),
        {K.UNKNOWN: 1.0, K.ERRORS: 0.6, K.REJECTS: 0.5, K.CONNECT: 0.5, K.AUTH: 0.2},
    ),
)  # fmt: skip
