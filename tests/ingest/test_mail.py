# ruff: noqa: E501 - mails read better on one line
"""Mail: replies, signatures, character sets, attachments, mailboxes."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.read import read_file, read_parts


def _kinds(data: bytes) -> list[tuple[str, str]]:
    document = read_file(RawFile("a.eml", data))[0]
    return [(block.kind, document.block_text(block)) for block in document.blocks]


def _mail(body: bytes, headers: bytes = b"") -> bytes:
    return (
        b"From: Eva Lund <eva@x.org>\nTo: all@x.org\nSubject: Fwd: Re: Forum\nDate: Tue, 4 Mar 2025 09:12:00 +0100\n"
        + headers
        + b"\n"
        + body
    )


def test_quotes_and_signatures_are_told_apart() -> None:
    body = (
        b"I shall come.\n\nBest wishes,\nEva\n\nOn Mon, 3 Mar 2025 at 10:00, Jan Maas wrote:\n> Will you come?\n> Jan\n"
    )
    assert _kinds(_mail(body)) == [
        ("title", "Forum"),
        ("paragraph", "I shall come."),
        ("signature", "Best wishes,"),
        ("signature", "Eva"),
        ("quote", "On Mon, 3 Mar 2025 at 10:00, Jan Maas wrote:"),
        ("quote", "Will you come?"),
        ("quote", "Jan"),
    ]


_OLDER = b"From: Jan Maas <jan@x.org>\nSent: Monday, 3 March 2025 10:00\nTo: Eva Lund\nSubject: Forum\n\nThe forum is in Oslo.\n"


@pytest.mark.parametrize(
    ("subject", "older", "expected"),
    [
        (b"RE: Forum", _OLDER, "quote"),
        (b"FW: Forum", _OLDER, "paragraph"),
        (b"WG: Forum", b"Von: Jan Maas\nGesendet: Montag, 3. M\xe4rz\nAn: Eva Lund\nBetreff: Forum\n\nThe forum is in Oslo.\n", "paragraph"),
    ],
)  # fmt: skip
def test_older_messages_without_marks(subject: bytes, older: bytes, expected: str) -> None:
    data = _mail(b"Please see below.\n\nBest wishes,\nEva\n\n" + older).replace(b"Fwd: Re: Forum", subject)
    kinds = {text: kind for kind, text in _kinds(data)}
    assert kinds["The forum is in Oslo."] == expected
    assert (kinds["Please see below."], kinds["Eva"]) == ("paragraph", "signature")
    assert all(kind == "quote" for text, kind in kinds.items() if text.startswith(("Sent:", "Gesendet:")))


def test_a_line_that_opens_like_a_header_is_none() -> None:
    assert ("paragraph", "The forum is in Oslo.") in _kinds(_mail(b"From: the harbour\n\nThe forum is in Oslo.\n"))


def test_thousands_of_older_headers_end() -> None:
    data = _mail(b"From: Jan\nSent: today\n\nThe forum is in Oslo.\n\n" * 3000)
    assert sum(kind == "paragraph" for kind, _ in _kinds(data)) == 3000


def test_signature_after_its_mark() -> None:
    assert _kinds(_mail(b"I shall come.\n\n-- \nEva Lund\nPort of Oslo\n"))[2:] == [
        ("signature", "Eva Lund"),
        ("signature", "Port of Oslo"),
    ]


def test_headers_are_declared() -> None:
    document = read_file(RawFile("a.eml", _mail(b"Hello you all")))[0]
    assert {(fact.name, fact.value) for fact in document.declared} == {
        ("author.name", "Eva Lund <eva@x.org>"),
        ("recipient.name", "all@x.org"),
        ("name", "Fwd: Re: Forum"),
        ("dateSent", "Tue, 04 Mar 2025 09:12:00 +0100"),
    }


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("会議は東京で開催します。", "iso2022_jp", "iso-2022-jp"),
        ("Die Tagung in Köln fällt aus.", "cp1252", "no-such-charset"),
        ("Die Tagung in Köln fällt aus.", "utf-8", "us-ascii"),
        ("Die Tagung in Köln fällt aus.", "utf-8", ""),
    ],
)
def test_character_sets(text: str, encoding: str, declared: str) -> None:
    header = f"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n" if declared else ""
    assert _kinds(_mail(text.encode(encoding), header.encode()))[1][1] == text


def test_flowed_lines_are_joined() -> None:
    header = b"Content-Type: text/plain; format=flowed\n"
    assert _kinds(_mail(b"The forum on \ntugs is \nfree.\n", header))[1:] == [
        ("paragraph", "The forum on tugs is free.")
    ]


def test_html_serves_where_the_plain_body_is_a_stub() -> None:
    message = EmailMessage()
    message["Subject"] = "Forum"
    message["From"] = "eva@x.org"
    message["Date"] = "Tue, 4 Mar 2025 09:12:00 +0100"
    message.set_content("Please view in HTML.")
    message.add_alternative("<p>The forum is free.</p><p><b>Venue:</b> Oslo</p>", subtype="html")
    assert _kinds(message.as_bytes())[1:] == [("paragraph", "The forum is free."), ("key_value", "Venue: Oslo")]


def test_saved_page_keeps_what_it_declares() -> None:
    page = "<html lang=fr><body><p>Le colloque est libre.</p></body></html>"
    header = (
        b"Snapshot-Content-Location: https://x.org/e\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n"
    )
    body = f"--B\nContent-Type: text/html\n\n{page}\n--B\nContent-Type: text/css\n\na{{b:c}}\n--B--\n".encode()
    documents = read_file(RawFile("a.mht", _mail(body, header)))
    assert len(documents) == 1
    assert documents[0].text.endswith("Le colloque est libre.")
    facts = {(fact.origin, fact.name, fact.value) for fact in documents[0].declared}
    assert facts >= {("html-meta", "url", "https://x.org/e"), ("html-meta", "inLanguage", "fr")}


def _with_attachments() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Forum"
    message["From"] = "eva@x.org"
    message["Date"] = "Tue, 4 Mar 2025 09:12:00 +0100"
    message.set_content("See the programme.")
    message.add_attachment("Programme\n\n09:00   Opening\n", filename="../../etc/prog.txt")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    return message


def test_attachments_are_documents_that_know_their_parent() -> None:
    documents = read_file(RawFile("in/a.eml", _with_attachments().as_bytes()))
    assert [(document.source_uri, document.parent_uri) for document in documents] == [
        ("in/a.eml", None),
        ("in/a.eml!/prog.txt", "in/a.eml"),
    ]


def test_mails_in_mails_end_somewhere() -> None:
    message = _with_attachments()
    for _ in range(8):
        outer = EmailMessage()
        outer["Subject"] = "Fwd: Forum"
        outer["From"] = "jan@x.org"
        outer["Date"] = "Tue, 4 Mar 2025 09:12:00 +0100"
        outer.set_content("See below.")
        outer.add_attachment(message)
        message = outer
    documents, rejected = read_parts(RawFile("a.eml", message.as_bytes()))
    assert len(documents) == DEFAULT_LIMITS.max_depth + 1
    assert [part.reason_code for part in rejected] == ["too_deep"]


def test_attachments_of_one_name_are_told_apart() -> None:
    message = _with_attachments()
    message.add_attachment("Liste\n\nEva Lund\n", filename="prog.txt")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="prog.txt")
    documents, rejected = read_parts(RawFile("a.eml", message.as_bytes()))
    assert [document.source_uri for document in documents] == ["a.eml", "a.eml!/prog.txt", "a.eml!/prog.txt#2"]
    assert [part.source_uri for part in rejected] == ["a.eml!/prog.txt#3"]


def test_too_many_attachments_leave_the_mail_its_text() -> None:
    message = _with_attachments()
    message.add_attachment("Liste\n\nEva Lund\n", filename="list.txt")
    (document,) = read_file(RawFile("a.eml", message.as_bytes()), Limits(max_children=1))
    assert "See the programme." in document.text
    assert "more than 1" in document.warnings[0]


def test_mailbox_gives_its_mails() -> None:
    box = b"".join(b"From eva@x.org Tue Mar  4 09:12:00 2025\n" + _mail(b"Mail %d.\n\n" % i) for i in range(3))
    documents = read_file(RawFile("box", box))
    assert [document.text.splitlines()[-1] for document in documents] == ["Mail 0.", "Mail 1.", "Mail 2."]
    with pytest.raises(BadInput) as caught:
        read_file(RawFile("box", box), Limits(max_children=2))
    assert caught.value.reason_code == "unsafe_archive"
