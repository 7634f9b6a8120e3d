"""What a visitor gives back: a stop, a thumb, a rating with its gift, the time on the page."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from cli.conversation import new_message_id
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.visits import Visits
from tests.e2e.conftest import SALON, until

FOR_THE_MODEL = "Сколько по времени длится тест-драйв и нужно ли записываться?"


def test_an_answer_is_stopped_and_stays_so(http, dialogue):
    message_id = new_message_id()
    path = f"/v1/{SALON}/sessions/{dialogue.session_id}/messages/{message_id}"
    bearer = {"Authorization": f"Bearer {dialogue.token}"}
    dialogue.send(message_id, FOR_THE_MODEL, wait_seconds=0)
    stopped = http.post(f"{path}/stop", headers=bearer)
    assert stopped.status_code == 200
    assert stopped.json()["state"] in ("answered", "refused")
    assert stopped.json()["text"].strip()
    assert http.post(f"{path}/stop", headers=bearer).json() == stopped.json()
    assert dialogue.poll(message_id, wait_seconds=2).text == stopped.json()["text"]
    again = dialogue.ask("Есть ли C 180 в наличии?", lambda _: None, timeout_seconds=60)
    assert again.state == "answered"  # the worker that was stopped holds nobody up
    assert dialogue.poll(message_id, wait_seconds=0).text == stopped.json()["text"]

    thumb = {"thumb": "down", "reason": "Слишком долго"}
    assert http.put(f"{path}/feedback", json=thumb, headers=bearer).status_code == 200
    assert http.get(path, headers=bearer).json()["feedback"] == thumb


def test_a_campaign_from_its_codes_to_the_desk(http, attendant, tmp_path):
    unique = new_message_id().replace("_", "-").upper()
    campaign, codes = f"c-{unique}", [f"G-{unique}"]
    file = tmp_path / "codes.txt"
    file.write_text("\n".join(codes), encoding="utf-8")
    assert "1 codes added" in attendant("pilot", "gifts", "add", campaign, str(file)).stdout
    given = []
    for _ in range(2):
        body = {"consent": {"storage": True}, "campaign": campaign}
        opened = http.post(f"/v1/{SALON}/sessions", json=body).json()
        assert isinstance(opened["ask_nps"], bool)
        path, bearer = (
            f"/v1/{SALON}/sessions/{opened['session_id']}",
            {"Authorization": f"Bearer {opened['token']}"},
        )
        for csat in (7, 9):
            rated = http.post(f"{path}/rating", json={"csat": csat}, headers=bearer)
            given.append(rated.json()["gift_code"])
        assert http.delete(path, headers=bearer).status_code == 204
    assert given == [*codes, *codes, None, None]
    assert "is redeemed" in attendant("pilot", "gifts", "redeem", codes[0]).stdout
    assert attendant("pilot", "gifts", "redeem", codes[0], check=False).returncode == 1
    lines = attendant("pilot", "gifts", "list", "--json").stdout.splitlines()
    (stand,) = [each for each in map(json.loads, lines) if each["campaign"] == campaign]
    assert (stand["codes"], stand["given"], stand["redeemed"]) == (1, 1, 1)


def test_a_visit_is_counted_without_a_dialogue(http, deployment):
    visits = Visits(DialogueTable(deployment.client("dynamodb"), deployment.output("ControlTable")))
    day = datetime.now(UTC).date()
    before = visits.of(SALON, day).with_assistant.count
    told = {"seconds": 95, "used_assistant": True, "campaign": None}
    assert http.post(f"/v1/{SALON}/visits", json=told).status_code == 204
    assert until(lambda: visits.of(SALON, day).with_assistant.count > before, 5)
