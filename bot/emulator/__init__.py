"""A small DingTalk on 127.0.0.1, written from the published protocol and from nothing else of this package."""

from bot.emulator.calendars import Calendar
from bot.emulator.cards import Button, Card, CardUpdate
from bot.emulator.chatting import Press, Said
from bot.emulator.connections import Connection
from bot.emulator.conversations import Conversation, Message
from bot.emulator.emulator import Emulator
from bot.emulator.faults import Faults
from bot.emulator.frames import REMOVE
from bot.emulator.ledger import Ack, Call, Frame, ProtocolViolation, Violation
from bot.emulator.people import Department, Person
from bot.emulator.pushes import Delivery, Push
from bot.emulator.wire import CARD_TOPIC, MESSAGE_TOPIC
from bot.emulator.world import Event, Settings

__all__ = [
    "CARD_TOPIC",
    "MESSAGE_TOPIC",
    "REMOVE",
    "Ack",
    "Button",
    "Calendar",
    "Call",
    "Card",
    "CardUpdate",
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
    "Said",
    "Settings",
    "Violation",
]
