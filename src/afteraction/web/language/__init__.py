"""Which rules of the language a team has on, how loud, with which words of its own, and how they are taken."""
