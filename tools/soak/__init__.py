"""The bot under faults for minutes: real processes, an emulated DingTalk, and a ledger at the end (`make soak`)."""
