"""Why an answer asks back instead of answering, by one fixed word."""

from __future__ import annotations

from bot.model.replies import MyMeetings, Outsider, Reply, Unclear


def asks_back(reply: Reply) -> str | None:
    """None where it answers.

    `namesakes` and `unread` ask who is meant, `which_meeting` which meeting, `leftover` what words mean that are in no
    account; otherwise the code of the problem.
    """
    if isinstance(reply, Outsider):
        return None
    namesakes, request = reply.question.namesakes, reply.question.request
    if namesakes:
        return "namesakes" if namesakes.found else "unread"
    if isinstance(reply, MyMeetings) and reply.card.order and reply.meetings:
        return "which_meeting"
    if not isinstance(reply, Unclear):
        return None
    doubtful = any(left.timely for left in request.leftover)
    return "leftover" if doubtful and not request.problem else reply.code.value
