"""The data map: the words models declare themselves with, the registry that reads them, the policy's facts as data."""
