"""The assistants, the platform's health and the OpenAPI document."""

from __future__ import annotations

from datetime import timedelta

from core.facts import DocumentKind
from tests.fakes.clock import NOON
from tests.fakes.platform import FakePlatform
from tests.fakes.specs import spec


def test_the_assistants(platform: FakePlatform) -> None:
    (shown,) = platform.client.get("/v1/assistants").json()["assistants"]
    assert (shown["id"], shown["name"], shown["language"]) == ("tester", "Тест", "ru")
    assert shown["capabilities"] == ["callbacks", "inventory", "ratings", "test_drives"]
    assert shown["terms"]["version"] == "2026-11-01"
    assert shown["office"]["time_zone"] == "Europe/Moscow"


def test_good_health(platform: FakePlatform) -> None:
    platform.clock.advance(60)
    health = platform.client.get("/v1/health").json()
    assert (health["state"], health["breaker"]["state"]) == ("ok", "closed")
    assert health["assistants"] == [
        {
            "id": "tester",
            "snapshot": {
                "version": "s1",
                "exported_at": "2026-11-23T09:00:00Z",
                "age_seconds": 60,
                "fresh": True,
            },
        }
    ]


def test_an_old_or_missing_stock_is_degraded() -> None:
    platform = FakePlatform(spec(), spec("second"))
    platform.documents.put("tester", DocumentKind.SNAPSHOT, b"{}", "s0", NOON - timedelta(hours=25))
    del platform.documents.kept["second", DocumentKind.SNAPSHOT]
    health = platform.client.get("/v1/health").json()
    assert health["state"] == "degraded"
    assert [each["snapshot"]["fresh"] for each in health["assistants"]] == [False, False]


def test_the_document_shows_real_schemas(platform: FakePlatform) -> None:
    document = platform.client.get("/v1/openapi.json").json()
    ask = document["paths"]["/v1/{assistant}/sessions/{session_id}/messages"]["post"]
    assert {"200", "202", "401", "403", "404", "409", "413", "422", "429"} <= set(ask["responses"])
    shown = ask["responses"]["422"]["content"]["application/json"]["schema"]
    assert shown == {"$ref": "#/components/schemas/ErrorBody"}
    assert ask["security"] == [{"HTTPBearer": []}]
    assert "MessageView" in document["components"]["schemas"]
    names = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}
    assert names == {
        "listAssistants",
        "health",
        "openSession",
        "endSession",
        "eraseSession",
        "askQuestion",
        "readAnswer",
        "rateDialogue",
        "rateAnswer",
        "stopAnswer",
        "countVisit",
        "requestCallback",
        "bookTestDrive",
        "sendBrochure",
    }
    letter = document["paths"]["/v1/{assistant}/sessions/{session_id}/brochures"]["post"]
    assert {"201", "401", "403", "404", "409", "422", "429", "503"} <= set(letter["responses"])
    assert "mail_not_offered" in letter["description"]
