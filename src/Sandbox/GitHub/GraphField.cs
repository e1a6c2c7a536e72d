using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A field that a GraphQL document asks for.</summary>
/// <param name="Alias">What the answer calls it.</param>
/// <param name="Name">What the schema calls it.</param>
/// <param name="Arguments">Its arguments, variables put in.</param>
/// <param name="Fields">What is asked of its object; empty for a plain value.</param>
internal sealed record GraphField(string Alias, string Name, JsonObject Arguments, ImmutableArray<GraphField> Fields)
{
    /// <summary>A text among the arguments, or null.</summary>
    public string? Text(string name) => Arguments[name]?.ToString();

    /// <summary>A text of the argument <c>input</c>, where mutations have everything.</summary>
    public string? Input(string name) => (Arguments["input"] as JsonObject)?[name]?.ToString();
}

/// <summary>What a document is: <c>query</c> or <c>mutation</c>, and the fields at its root.</summary>
internal sealed record GraphDocument(string Kind, ImmutableArray<GraphField> Fields);
