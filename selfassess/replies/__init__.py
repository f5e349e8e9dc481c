"""What an ordinary reply in Chinese or English states about an item, without a language model."""
