"""Everything that changes questions, guidance and duties."""

from handrail.support.actions.duty import end_duty, put_on_duty
from handrail.support.actions.escalation import escalate_overdue, escalate_question
from handrail.support.actions.forgetting import forget_in_questions
from handrail.support.actions.guidance import change_guidance, keep_guidance, withdraw_guidance
from handrail.support.actions.questions import answer_question, ask_question, close_question, give_question

__all__ = [
    "answer_question", "ask_question", "change_guidance", "close_question", "end_duty", "escalate_overdue", "escalate_question", "forget_in_questions",
    "give_question", "keep_guidance", "put_on_duty", "withdraw_guidance",
]  # fmt: skip
