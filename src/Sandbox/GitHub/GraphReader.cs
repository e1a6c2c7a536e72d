using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Reads a GraphQL document of one operation: variables, aliases, arguments, inline fragments; no named fragments or directives.</summary>
internal sealed partial class GraphReader
{
    private readonly string[] words;
    private readonly JsonObject variables;
    private int at;

    private GraphReader(string text, JsonObject variables)
    {
        words = [.. Words().Matches(text).Select(match => match.Value).Where(word => word[0] != '#')];
        this.variables = variables;
    }

    /// <summary>Reads it.</summary>
    /// <param name="text">The document.</param>
    /// <param name="variables">The values of its variables.</param>
    /// <returns>The document, or null when it can't be read.</returns>
    public static GraphDocument? Read(string text, JsonObject variables)
    {
        try
        {
            return new GraphReader(text, variables).Document();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string Word => at < words.Length ? words[at] : throw new FormatException("The document ends too early.");

    private GraphDocument Document()
    {
        var kind = "query";
        if (Word != "{")
        {
            kind = Next();
            if (kind is not ("query" or "mutation")) throw new FormatException(kind);
            if (Word is not ("(" or "{")) Next();
            if (Word == "(") while (Next() != ")") continue;
        }

        return new GraphDocument(kind, Fields());
    }

    private ImmutableArray<GraphField> Fields()
    {
        var fields = ImmutableArray.CreateBuilder<GraphField>();
        Expect("{");
        while (Word != "}")
        {
            if (Word == "...") fields.AddRange(Fragment());
            else fields.Add(Field());
        }

        Expect("}");
        return fields.ToImmutable();
    }

    private ImmutableArray<GraphField> Fragment()
    {
        Expect("...");
        if (Word == "on") at += 2;
        return Fields();
    }

    private GraphField Field()
    {
        var alias = Next();
        var name = alias;
        if (Word == ":")
        {
            Next();
            name = Next();
        }

        var arguments = Word == "(" ? Pairs("(", ")") : [];
        return new GraphField(alias, name, arguments, Word == "{" ? Fields() : []);
    }

    private JsonObject Pairs(string open, string close)
    {
        var pairs = new JsonObject();
        Expect(open);
        while (Word != close)
        {
            var name = Next();
            Expect(":");
            pairs[name] = Value();
        }

        Expect(close);
        return pairs;
    }

    private JsonNode? Value()
    {
        if (Word == "{") return Pairs("{", "}");
        if (Word == "[") return List();
        var word = Next();
        if (word[0] == '$') return variables[word[1..]]?.DeepClone();
        if (word[0] == '"') return JsonSerializer.Deserialize<string>(word);
        if (long.TryParse(word, CultureInfo.InvariantCulture, out var number)) return number;
        return word switch { "null" => null, "true" => true, "false" => false, _ => word };
    }

    private JsonArray List()
    {
        var list = new JsonArray();
        Expect("[");
        while (Word != "]") list.Add(Value());
        Expect("]");
        return list;
    }

    private string Next()
    {
        var word = Word;
        at++;
        return word;
    }

    private void Expect(string word)
    {
        if (Next() != word) throw new FormatException($"{word} was expected.");
    }

    [GeneratedRegex("""\#[^\n]*|"(?:\\.|[^"\\])*"|\.\.\.|\$?[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+(?:\.[0-9]+)?|[{}()\[\]:!=]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
