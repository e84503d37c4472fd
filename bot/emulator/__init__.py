"""A small DingTalk on 127.0.0.1, written from the published protocol and from nothing else of this package."""

from bot.emulator.calendars import Calendar
from bot.emulator.cards import Button, Card, CardUpdate
from bot.emulator.chats import Event
from bot.emulator.connections import Connection
from bot.emulator.conversations import Conversation
from bot.emulator.emulator import Emulator
from bot.emulator.faults import Faults
from bot.emulator.frames import REMOVE
from bot.emulator.ledger import Ack, Call, Frame, ProtocolViolation, ScheduleAsked, Violation
from bot.emulator.people import Account, Department
from bot.emulator.persons import Person
from bot.emulator.pushes import Delivery, Push
from bot.emulator.rooms import Message, Room
from bot.emulator.settings import Settings
from bot.emulator.talk import Click, Press, Said, Utterance
from bot.emulator.wire import CARD_TOPIC, MESSAGE_TOPIC, Refusal

__all__ = [
    "CARD_TOPIC",
    "MESSAGE_TOPIC",
    "REMOVE",
    "Account",
    "Ack",
    "Button",
    "Calendar",
    "Call",
    "Card",
    "CardUpdate",
    "Click",
    "Connection",
    "Conversation",
    "Delivery",
    "Department",
    "Emulator",
    "Event",
    "Faults",
    "Frame",
    "Message",
    "Person",
    "Press",
    "ProtocolViolation",
    "Push",
    "Refusal",
    "Room",
    "Said",
    "ScheduleAsked",
    "Settings",
    "Utterance",
    "Violation",
]
