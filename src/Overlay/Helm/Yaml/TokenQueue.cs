namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Tokens that were scanned and not yet taken, each with a number that counts from the start of the text.</summary>
internal struct TokenQueue()
{
    private const int Slack = 256;

    private PooledList<Token> tokens = new(64);
    private int head;
    private int taken;

    public readonly bool IsEmpty => head == tokens.Count;

    /// <summary>The number of the token at the head.</summary>
    public readonly int HeadNumber => taken;

    /// <summary>The number that the next added token gets.</summary>
    public readonly int NextNumber => taken + tokens.Count - head;

    public readonly ref Token Head => ref tokens[head];

    public void Add(in Token token) => tokens.Add(token);

    /// <summary>Puts a token before the one with the given number, or at the end when that one was taken already.</summary>
    public void Insert(int number, in Token token)
    {
        if (number < taken) tokens.Add(token);
        else tokens.Insert(head + number - taken, token);
    }

    public void Take()
    {
        head++;
        taken++;
        if (head == tokens.Count) tokens.Clear();
        else if (head >= Slack) tokens.RemoveFirst(head);
        else return;
        head = 0;
    }

    public readonly void Release() => tokens.Release();
}
