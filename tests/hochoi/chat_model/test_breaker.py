"""The breaker opens after three failures and probes every thirty seconds."""

from hochoi.chat_model.breaker import Breaker


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def open_breaker(clock: Clock) -> Breaker:
    breaker = Breaker(clock=clock)
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_breaker_two_failures_stay_closed() -> None:
    breaker = Breaker(clock=Clock())
    breaker.failed()
    breaker.failed()
    assert breaker.allows()


def test_breaker_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker(clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert not breaker.is_open


def test_breaker_three_failures_open_until_the_probe() -> None:
    clock = Clock()
    breaker = open_breaker(clock)
    assert not breaker.allows()
    clock.now += 29.9
    assert not breaker.allows()
    clock.now += 0.2
    assert breaker.allows()
    assert not breaker.allows()  # one probe at a time


def test_breaker_failed_probe_waits_again() -> None:
    clock = Clock()
    breaker = open_breaker(clock)
    clock.now += 31
    assert breaker.allows()
    breaker.failed()
    clock.now += 29
    assert not breaker.allows()
    clock.now += 2
    assert breaker.allows()


def test_breaker_good_probe_closes() -> None:
    clock = Clock()
    breaker = open_breaker(clock)
    clock.now += 31
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


def test_breaker_abandoned_probe_may_be_made_again() -> None:
    clock = Clock()
    breaker = open_breaker(clock)
    clock.now += 31
    assert breaker.allows()
    breaker.abandoned()
    assert breaker.allows()
