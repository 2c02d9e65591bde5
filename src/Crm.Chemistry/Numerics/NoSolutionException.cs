namespace Crm.Chemistry.Numerics;

/// <summary>A model has no answer for these inputs, or its solver did not find one. The message is for the person who asked.</summary>
public sealed class NoSolutionException(string message) : Exception(message);
