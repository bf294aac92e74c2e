"""A collecting app on the wire: it asks first, and sends without saying how much it is (chunked), as ODK Collect does."""

from __future__ import annotations

import http.client

from tests.reliability.server import Server
from tests.reliability.storm import Storm

SIGN = "uuid:5f4b7c1e-0000-4a55-9d0e-4a8c9fca7a8e"
ANSWERS = "<conversation><interpreter>l1</interpreter><trained>no</trained></conversation><health><trauma>l2</trauma><wish>\u0645\u0631\u062d\u0628\u0627</wish></health>"
EDGE = "a-boundary-of-the-app"


def asked(server: Server, method: str, path: str, body: bytes | None = None, *, chunked: bool = False) -> http.client.HTTPResponse:
    """One request as the app makes it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/v2026.1", "Date": "Wed, 18 Apr 2018 08:00:00 GMT"}
    if body is not None:
        headers["Content-Type"] = f'multipart/form-data; boundary="{EDGE}"'
    parts = iter([body[start : start + 700] for start in range(0, len(body or b""), 700)]) if chunked and body else body
    connection.request(method, path, parts, headers, encode_chunked=chunked)
    answer = connection.getresponse()
    answer.text = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def document(form: str, wish: str = "") -> bytes:
    """A submission in its envelope."""
    meta = f"<orx:meta><orx:instanceID>{SIGN}</orx:instanceID></orx:meta>"
    xml = f"<?xml version='1.0' ?><data id=\"{form}\" version=\"1\" xmlns:orx=\"http://openrosa.org/xforms\">{ANSWERS}{wish}{meta}</data>"
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="submission.xml"\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: binary\r\n\r\n'
    return head.encode() + xml.encode() + f"\r\n--{EDGE}--\r\n".encode()


def test_app_asks_fetches_and_sends_chunked_and_again(server: Server, stormed: Storm) -> None:
    told = server.inside("responses", "let_in")
    base = f"/openrosa/{told['token']}"
    first = asked(server, "HEAD", f"{base}/submission")
    assert (first.status, first.headers["X-OpenRosa-Version"], int(first.headers["X-OpenRosa-Accept-Content-Length"]) > 0) == (204, "1.0", True)
    assert len(first.headers.get_all("Date") or []) == 1
    assert told["form"].encode() in asked(server, "GET", f"{base}/formList").text  # type: ignore[attr-defined]
    statuses = [asked(server, "POST", f"{base}/submission", document(told["form"]), chunked=one).status for one in (True, True, False)]
    assert statuses == [201, 201, 201]
    assert asked(server, "POST", f"{base}/submission", document(told["form"], "<more/>"), chunked=True).status == 409
    assert server.inside("responses", "of_devices") == [[SIGN, {"interpreter": "l1", "trained": "no", "trauma": "l2", "wish": "\u0645\u0631\u062d\u0628\u0627"}]]
    assert told["token"] not in server.log()
