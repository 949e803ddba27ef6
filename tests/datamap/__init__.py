"""The data map: nothing is stored that is not declared, and the policy's facts are whole."""
