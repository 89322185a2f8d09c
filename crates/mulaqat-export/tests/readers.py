"""Reads every export back with a well-known reader and compares it with what it was made of.

usage: readers.py FOLDER

FOLDER holds expected.jsonl, one engagement a line with its claims, as `mulaqat list --json --all` and `mulaqat show --json` print them, or
as rows of the export for made-up ones; and export.csv, .bom.csv, .jsonl, .parquet, .plover, .jsonld, .ics, .graphml.
"""

import datetime
import json
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

import icalendar
import networkx
import pandas
import pyarrow
import pyarrow.parquet
import rdflib

PLANNED = {"scheduled", "tentative", "postponed"}
OFF = {"cancelled", "denied"}
COOPERATIVE = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}
ROOTS = {
    "AGREE": {"03"}, "CONSULT": {"04"}, "SUPPORT": {"05"}, "COOPERATE": {"06"}, "AID": {"07"}, "CONCEDE": {"08"}, "RETREAT": {"08"},
    "REQUEST": {"02"}, "ACCUSE": {"09", "11"}, "REJECT": {"12"}, "THREATEN": {"13"}, "PROTEST": {"14"}, "SANCTION": {"16", "11"},
    "MOBILIZE": {"15"}, "COERCE": {"17", "19"}, "ASSAULT": {"18", "19", "20", "17"},
}
checked = defaultdict(int)


def same(what, got, wanted):
    checked[what.split(" ")[0]] += 1
    if got != wanted:
        sys.exit(f"{what[:300]}:\n  read   {repr(got)[:2000]}\n  wanted {repr(wanted)[:2000]}")


def holds(what, whole, part):
    """Everything in `part` is in `whole`, which may say more."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in whole:
                sys.exit(f"{what}: {key} is lost")
            holds(f"{what}.{key}", whole[key], value)
    elif isinstance(part, list) and isinstance(whole, list):
        same(f"{what} (length)", len(whole), len(part))
        for n, (a, b) in enumerate(zip(whole, part)):
            holds(f"{what}[{n}]", a, b)
    elif isinstance(whole, dict) and isinstance(part, str):
        # `kind:name` in the ledger, an object in the export
        same(what, f"{whole['kind']}:{whole['name'] or ''}", part)
    else:
        same(what, whole, part)


def lines(path):
    # not splitlines: a name may hold what Python takes for the end of a line
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def jsonl(rows, expected):
    same("jsonl rows", len(rows), len(expected))
    for row, wanted in zip(rows, expected):
        # an engagement's members are its claims
        members = wanted.pop("members", None)
        if members is not None:
            same(f"jsonl {row['id']} claims", [{"doc": c["doc"], "event": c["event"]} for c in row["claims"]], members)
        holds(f"jsonl {row['id']}", row, wanted)


# csv


def cells(text):
    """The items of a list in one cell."""
    items, item, n = [], "", 0
    while n < len(text):
        if text[n] == "\\" and n + 1 < len(text):
            item += text[n + 1]
            n += 2
        elif text.startswith("; ", n):
            items.append(item)
            item, n = "", n + 2
        else:
            item += text[n]
            n += 1
    return items + [item] if text else []


def csv(path, rows, encoding):
    raw = path.read_bytes()
    same("csv mark", raw.startswith(b"\xef\xbb\xbf"), encoding == "utf-8-sig")
    table = pandas.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding, lineterminator=None)
    same("csv rows", len(table), len(rows))
    for got, row in zip(table.to_dict("records"), rows):
        for name, cell in got.items():
            if cell[:1] and cell[0] in "=+-@\t\r\n＝＋－＠":
                sys.exit(f"csv {row['id']}: {name} begins like a formula: {cell!r}")
        cell = {name: value[1:] if value.startswith("'") else value for name, value in got.items()}
        what = f"csv {row['id']}"
        for name in ("id", "type", "class", "status", "date", "earliest", "latest"):
            same(f"{what} {name}", cell[name], row[name] or "")
        for name in ("documents", "families"):
            same(f"{what} {name}", int(cell[name]), row[name])
        for name in ("modes", "countries", "contexts"):
            same(f"{what} {name}", one(cell[name], row[name]), row[name])
        for name in ("actors", "recipients", "places"):
            for column, field in ((name, "name"), (f"{name}_latin", "latin")):
                wanted = [n[field] for n in row[name]]
                same(f"{what} {column}", one(cell[column], wanted), wanted)
        for column, field in (("sources", "name"), ("sources_latin", "latin")):
            wanted = [s["kind"] + (f": {s[field]}" if s[field] is not None else "") for s in row["sources"]]
            same(f"{what} {column}", one(cell[column], wanted), wanted)
        offices = {f"{o['name']}: {o['title']}" for c in row["claims"] for o in c["offices"]}
        same(f"{what} offices", set(cells(cell["offices"])), offices)
        history = [" ".join(x for x in (s["as_of"], s["status"], s["date"]) if x) for s in row["history"]]
        same(f"{what} history", cells(cell["history"]), history)
        conflicts = [f"{c['field']}: " + " / ".join(f"{v['value']} ({v['families']})" for v in c["values"]) for c in row["conflicts"]]
        same(f"{what} conflicts", cells(cell["conflicts"]), conflicts)
        published = sorted(c["published"] for c in row["claims"] if c["published"])
        same(f"{what} reports", [cell["first_report"], cell["last_report"]], [published[0], published[-1]] if published else ["", ""])
        documents = list(dict.fromkeys(c["doc"] for c in row["claims"]))
        same(f"{what} all_documents", one(cell["all_documents"], documents), documents)
        told = [(e["words"], c["doc"], c["publisher"] or "", c["published"] or "", c["url"] or "") for c in row["claims"] for e in c["evidence"]]
        if told:
            words = tuple(cell[f"evidence{x}"] for x in ("", "_document", "_publisher", "_published", "_url"))
            same(f"{what} evidence", words in told, True)


def one(cell, wanted):
    """A list of one empty item is an empty cell too."""
    return wanted if cell == "" and wanted == [""] else cells(cell)


# parquet


def parquet(path, rows):
    table = pyarrow.parquet.read_table(path)
    same("parquet type of earliest", table.schema.field("earliest").type, pyarrow.date32())
    same("parquet type of history.as_of", table.schema.field("history").type.value_type.field("as_of").type, pyarrow.date32())
    same("parquet type of documents", table.schema.field("documents").type, pyarrow.uint64())
    same("parquet arrow schema", b"ARROW:schema" in pyarrow.parquet.read_metadata(path).metadata, True)
    got = table.to_pylist()
    same("parquet rows", len(got), len(rows))
    for record, row in zip(got, rows):
        same(f"parquet {row['id']}", plain(record), row)


def plain(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


# plover


def plover(records, rows):
    same("plover rows", len(records), len(rows))
    for got, row in zip(records, rows):
        what = f"plover {row['id']}"
        intended = row["status"] in PLANNED and row["type"] in COOPERATIVE
        event = "AGREE" if intended else row["type"]
        same(f"{what} id", got["id"], row["id"])
        same(f"{what} event", got["event"], [event])
        same(f"{what} cameo", got["cameo"][:2] in ROOTS[event], True)
        sign = {"scheduled": ["future"], "postponed": ["future"], "tentative": ["hypothetical"], "cancelled": ["negation"], "denied": ["negation"]}
        same(f"{what} context", got["context"], row["contexts"] + sign.get(row["status"], []))
        same(f"{what} mode", got["mode"], row["modes"])
        same(f"{what} date", got["date"], row["earliest"] or row["latest"])
        for field, of in (("source", "actors"), ("recipient", "recipients")):
            actors = [(a["actor_text"], a["identifier_text"], a["identifier_id"], a["code"]) for a in got[field]]
            same(f"{what} {field}", actors, [(n["name"], n["latin"], n["key"], n["country"]) for n in row[of]])
        same(f"{what} event_loc", [(p["name"], p["asciiname"]) for p in got["event_loc"]], [(p["name"], p["latin"]) for p in row["places"]])
        evidence = [(c["doc"], e) for c in row["claims"] for e in c["evidence"]]
        same(f"{what} event_text", got["event_text"], [e["words"] for _, e in evidence])
        same(f"{what} text_info", [(t["doc"], t["start"], t["end"]) for t in got["text_info"]], [(d, e["start"], e["end"]) for d, e in evidence])
        cites = [(c["citation"], c["url"], c["title"], c["publication"], c["published"]) for c in got["cite_info"]]
        same(f"{what} cite_info", cites, [(c["doc"], c["url"], c["title"], c["publisher"], c["published"]) for c in row["claims"]])
        same(f"{what} edtf", (got["mulaqat"]["edtf"], got["mulaqat"]["status"]), (row["date"], row["status"]))


# jsonld


def jsonld(path, rows):
    graph = rdflib.Graph().parse(data=path.read_text("utf-8"), format="json-ld")
    S = rdflib.Namespace("https://schema.org/")
    O = rdflib.Namespace("http://www.w3.org/ns/oa#")
    M = rdflib.Namespace("urn:mulaqat:term:")
    A = rdflib.RDF.type
    DATE = rdflib.URIRef("http://purl.org/dc/terms/date")

    def urn(kind, *parts):
        return rdflib.URIRef(f"urn:mulaqat:{kind}:" + ":".join(quote(p, safe="-._~") for p in parts))

    def text(subject, predicate):
        return sorted(str(o) for o in graph.objects(subject, predicate))

    def literal(subject, predicate):
        return json.loads(str(graph.value(subject, predicate)))

    def some(value):
        return [] if value is None else [value]

    same("jsonld events", len(set(graph.subjects(A, S.Event))), len(rows))
    same("jsonld claims", len(set(graph.subjects(A, S.Claim))), len({(c["doc"], c["event"]) for r in rows for c in r["claims"]}))
    for row in rows:
        what, node = f"jsonld {row['id']}", urn("engagement", row["id"])
        for predicate, field in ((S.agent, "actors"), (S.recipient, "recipients"), (S.location, "places")):
            same(f"{what} {field}", text(node, predicate), sorted({str(urn("identity", n["key"])) for n in row[field]}))
            for n in row[field]:
                names = {(str(o), o.language) for o in graph.objects(urn("identity", n["key"]), S.name)}
                same(f"{what} name", (n["name"], "hi") in names and (n["latin"], "en") in names, True)
        same(f"{what} type", text(node, S.additionalType), ["https://github.com/openeventdata/PLOVER#" + row["type"]])
        for predicate, field in ((S.startDate, "earliest"), (S.endDate, "latest"), (DATE, "date"), (M.status, "status"), (M["class"], "class")):
            same(f"{what} {field}", text(node, predicate), some(row[field]))
        for predicate, field in ((S.keywords, "contexts"), (M.modes, "modes")):
            same(f"{what} {field}", text(node, predicate), sorted(set(row[field])))
        for field in ("documents", "families"):
            same(f"{what} {field}", int(graph.value(node, M[field])), row[field])
        for field in ("history", "conflicts"):
            same(f"{what} {field}", literal(node, M[field]), row[field])
        statuses = {"occurred": "EventScheduled", "ongoing": "EventScheduled", "scheduled": "EventScheduled", "postponed": "EventPostponed",
                    "cancelled": "EventCancelled"}
        same(f"{what} eventStatus", text(node, S.eventStatus), [str(S[statuses[row["status"]]])] if row["status"] in statuses else [])
        for c in row["claims"]:
            claim, article = urn("claim", c["doc"], c["event"]), urn("document", c["doc"])
            same(f"{what} about", node in graph.objects(claim, S.about), True)
            same(f"{what} appearance", text(claim, S.appearance), [str(article)])
            same(f"{what} claim", (text(claim, M.status), text(claim, DATE)), ([c["status"]], some(c["date"])))
            for field in ("actors", "recipients", "places"):
                same(f"{what} claim {field}", text(claim, M[field]), sorted(set(c[field])))
            for field in ("offices", "sources"):
                same(f"{what} claim {field}", literal(claim, M[field]), c[field])
            for predicate, field in ((S.headline, "title"), (S.url, "url"), (S.datePublished, "published"), (S.identifier, "doc")):
                same(f"{what} article {field}", text(article, predicate), some(c[field]))
            publisher = [str(graph.value(p, S.name)) for p in graph.objects(article, S.publisher)]
            same(f"{what} publisher", publisher, some(c["publisher"]))
            for n, e in enumerate(c["evidence"]):
                note = urn("annotation", c["doc"], c["event"], str(n))
                same(f"{what} body", text(note, O.hasBody), [str(claim)])
                target = graph.value(note, O.hasTarget)
                same(f"{what} source", text(target, O.hasSource), [str(article)])
                found = {}
                for selector in graph.objects(target, O.hasSelector):
                    for name in ("exact", "prefix", "suffix", "start", "end"):
                        for value in graph.objects(selector, O[name]):
                            found[name] = value.toPython()
                wanted = {"exact": e["words"], "prefix": e["before"], "suffix": e["after"], "start": e["start"], "end": e["end"]}
                same(f"{what} selector", found, wanted)


# ics


def calm(text):
    """Text as a calendar can hold it."""
    return "".join(" " if unicode_control(c) else c for c in text)


def unicode_control(c):
    return c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)


def ics(path, rows):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    dated = [r for r in rows if r["earliest"] or r["latest"]]
    same("ics events", len(events), len(dated))
    for row in dated:
        what, e = f"ics {row['id']}", events[f"{row['id']}@mulaqat"]
        first, last = (datetime.date.fromisoformat(row[x] or row[y]) for x, y in (("earliest", "latest"), ("latest", "earliest")))
        same(f"{what} start", e["DTSTART"].dt, first)
        same(f"{what} end", e["DTEND"].dt, last + datetime.timedelta(1))
        wanted = "CANCELLED" if row["status"] in OFF else "TENTATIVE" if row["status"] in ("tentative", "postponed") else "CONFIRMED"
        same(f"{what} status", str(e["STATUS"]), wanted)
        same(f"{what} edtf", (str(e["X-MULAQAT-EDTF"]), str(e["X-MULAQAT-STATUS"])), (row["date"], row["status"]))
        summary, description = str(e["SUMMARY"]), str(e["DESCRIPTION"])
        for n in row["actors"] + row["recipients"] + row["places"]:
            same(f"{what} summary has {n['latin']!r}", calm(n["latin"]) in summary, True)
        for n in row["actors"] + row["recipients"]:
            same(f"{what} description has {n['name']!r}", calm(n["name"]) in description, True)
        for c in row["claims"]:
            same(f"{what} description has words", not c["evidence"] or calm(c["evidence"][0]["words"]) in description, True)
        if row["places"]:
            same(f"{what} location", str(e["LOCATION"]), calm(", ".join(p["latin"] for p in row["places"])))
        # an end that is open, or a date of more than a day or about one, is told
        exact = row["earliest"] == row["latest"] and "~" not in row["date"] and "?" not in row["date"] and "%" not in row["date"]
        spans = all(len(d) == 10 and d.replace("-", "").isdigit() for d in row["date"].split("/"))
        same(f"{what} doubt", row["date"] in summary, not exact and not spans)
        categories = [str(c) for c in e["CATEGORIES"].cats]
        same(f"{what} categories", set(row["contexts"]) | {row["type"]} <= set(categories), True)
        published = sorted(c["published"] for c in row["claims"] if c["published"])
        if published:
            same(f"{what} stamp", e["DTSTAMP"].dt.date().isoformat(), published[-1])


# graphml


def xml(text):
    """Text as XML can hold it."""
    return "".join(c if c in "\t\n\r" or " " <= c <= "\ufffd" or c >= "\U00010000" else "\ufffd" for c in text)


def graphml(path, rows):
    graph = networkx.read_graphml(path, force_multigraph=True)
    nodes, edges = {}, defaultdict(lambda: defaultdict(int))
    for row in rows:
        parties = {n["key"]: n for n in row["actors"] + row["recipients"]}
        for key, n in parties.items():
            nodes.setdefault(key, [n, 0])[1] += 1
        how = "planned" if row["status"] in PLANNED else "off" if row["status"] in OFF else "happened"
        if row["recipients"]:
            pairs = [(a["key"], b["key"], True) for a in row["actors"] for b in row["recipients"]]
        else:
            keys = sorted(parties, key=lambda k: k.encode())
            pairs = [(a, b, False) for n, a in enumerate(keys) for b in keys[n + 1 :]]
        for a, b, directed in pairs:
            if a == b:
                continue
            swapped = a.encode() > b.encode()
            edge = edges[(b, a, row["class"]) if swapped else (a, b, row["class"])]
            edge[how] += 1
            if directed:
                edge["back" if swapped else "forth"] += 1
            for day in (row["earliest"], row["latest"]):
                if day:
                    edge["first"] = min(edge["first"] or day, day)
                    edge["last"] = max(edge["last"] or day, day)
    same("graphml nodes", set(graph.nodes), {xml(k) for k in nodes})
    for key, (n, count) in nodes.items():
        got = graph.nodes[xml(key)]
        wanted = {"label": xml(n["latin"]), "name": xml(n["name"]), "kind": n["type"], "engagements": count}
        same(f"graphml {key}", {k: got.get(k) or "" for k in wanted}, wanted)
        same(f"graphml {key} country", got.get("country"), n["country"])
    same("graphml edges", graph.number_of_edges(), len(edges))
    found = {(frozenset((a, b)), d["class"]): d for a, b, d in graph.edges(data=True)}
    for (a, b, sort), wanted in edges.items():
        got = found[(frozenset((xml(a), xml(b))), xml(sort))]
        what = f"graphml {a} {b} {sort}"
        same(f"{what} weight", got["weight"], sum(wanted[x] for x in ("happened", "planned", "off")))
        for name in ("happened", "planned", "off", "forth", "back"):
            same(f"{what} {name}", got[name], wanted[name])
        for name in ("first", "last"):
            same(f"{what} {name}", got.get(name), wanted[name] or None)


def main():
    folder = Path(sys.argv[1])
    rows = lines(folder / "export.jsonl")
    jsonl(rows, lines(folder / "expected.jsonl"))
    csv(folder / "export.csv", rows, "utf-8")
    csv(folder / "export.bom.csv", rows, "utf-8-sig")
    parquet(folder / "export.parquet", rows)
    plover(lines(folder / "export.plover"), rows)
    jsonld(folder / "export.jsonld", rows)
    ics(folder / "export.ics", rows)
    graphml(folder / "export.graphml", rows)
    print(json.dumps({"rows": len(rows), **checked}))


main()
