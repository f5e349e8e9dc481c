"""Answer a question with proof, or say that it cannot be answered."""
