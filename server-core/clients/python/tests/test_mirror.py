"""What the mirror makes of the server's events."""

from comutiny import Mirror

ADA = {"id": "ada", "name": "Ada", "position": {"x": 0, "y": 0, "z": 0}, "animation": "idle", "metadata": {"a": 1, "b": 1}}


def line(number):
    return {"id": str(number), "content": "hi", "timestamp": f"2026-01-01T00:00:{number:02}Z"}


def world(*chat):
    mirror = Mirror()
    mirror.apply("world:state", {"world": {"id": "w"}, "players": [ADA], "chat": list(chat), "spriteAtlas": {}})
    return mirror


def test_a_change_replaces_what_it_carries_and_metadata_key_by_key():
    mirror = world()
    event = mirror.patch([{"id": "ada", "full": False, "animation": "walk", "metadata": {"b": 2}}])
    assert mirror.players["ada"] == ADA | {"animation": "walk", "metadata": {"a": 1, "b": 2}}
    assert event.value == [mirror.players["ada"]]


def test_a_full_change_replaces_metadata_whole_and_brings_in_strangers():
    mirror = world()
    mirror.patch([ADA | {"full": True, "metadata": {}}, ADA | {"id": "bo", "full": True}])
    assert mirror.players["ada"]["metadata"] == {}
    assert "full" not in mirror.players["bo"]


def test_of_a_stranger_a_part_is_not_believed():
    assert world().patch([{"id": "bo", "full": False, "animation": "walk"}]) is None


def test_who_looks_after_the_world_and_its_light_are_those_of_now():
    mirror = world()
    mirror.apply("world:staff", {"staff": [{"id": "ada", "role": "host"}]})
    mirror.apply("world:mood", {"mood": "dusk"})
    assert mirror.world == {"id": "w", "staff": [{"id": "ada", "role": "host"}], "mood": "dusk"}
    parade = {"id": "1", "message": "At three.", "at": "2030-01-31T13:00:00Z", "until": "2030-01-31T15:00:00Z"}
    assert mirror.apply("world:pinned", {"pinned": parade}).value == parade
    assert mirror.world["pinned"] == parade
    mirror.apply("world:pinned", {"pinned": None})
    assert "pinned" not in mirror.world


def test_people_leave_once():
    mirror = world()
    assert mirror.apply("player:left", {"id": "ada"}).value == ADA
    assert mirror.apply("player:left", {"id": "ada"}) is None


def test_chat_is_kept_once_and_a_restored_line_goes_back_to_its_place():
    mirror = world(line(1), line(2), line(3))
    assert mirror.apply("chat:message", line(3)) is None
    mirror.apply("chat:removed", {"id": "2"})
    mirror.apply("chat:restored", line(2))
    assert [kept["id"] for kept in mirror.chat] == ["1", "2", "3"]


def test_a_restored_line_stands_by_its_id_among_those_of_its_millisecond():
    first, second, third = (line(1) | {"id": number} for number in "123")
    mirror = world(first, third)
    mirror.apply("chat:restored", second)
    assert mirror.chat == [first, second, third]


def test_a_restored_line_moves_no_other():
    mirror = world(line(5), line(1))
    mirror.apply("chat:restored", line(9))
    assert mirror.chat == [line(5), line(1), line(9)]


def test_an_unknown_event_changes_nothing():
    assert world().apply("tomorrow:event", {}) is None
