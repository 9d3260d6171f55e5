"""A ward's own name in a message does not make it a question about somewhere else."""

import pytest

from bot.own_name import without_own_name


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Ai ký kế hoạch của xã Yên Nguyên?", "Yên Nguyên", "Ai ký kế hoạch của xã"),
        ("ke hoach xa yen nguyen so may", "Yên Nguyên", "ke hoach xa so may"),
        ("kế hoạch phường An Tường", "Yên Nguyên", "kế hoạch phường An Tường"),
        ("xin biểu mẫu của phường Mẫu", "Mẫu", "xin biểu mẫu của phường"),
        ("yên tâm, Nguyên ơi", "Yên Nguyên", "yên tâm, Nguyên ơi"),
        ("xã mình", "", "xã mình"),
        ("", "Yên Nguyên", ""),
    ],
)
def test_the_own_name_goes_and_nothing_else(text: str, name: str, left: str) -> None:
    assert without_own_name(text, name) == left
