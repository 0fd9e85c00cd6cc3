"""Learning from corrections: training (in a passing process, scikit-learn) and the model's file."""

from daemon.learning.store import LearnedFile as LearnedFile
