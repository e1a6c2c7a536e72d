namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Which request meets which fault: by endpoint and by number of the call, counted from the moment of writing it down.</summary>
internal sealed class FaultScript
{
    /// <summary>Stands for every endpoint.</summary>
    public const string Any = "*";

    private readonly Lock turn = new();
    private readonly List<Line> lines = [];

    /// <summary>Lets one call of an endpoint meet a fault.</summary>
    /// <param name="endpoint"><c>POST /repos/{owner}/{repo}/pulls</c>, or <see cref="Any"/>.</param>
    /// <param name="call">1 is the next one.</param>
    /// <param name="fault">What goes wrong.</param>
    public void On(string endpoint, int call, Fault fault) => Add(new Line(endpoint, call, call, fault));

    /// <summary>Lets every call of an endpoint from one on meet a fault.</summary>
    public void From(string endpoint, int call, Fault fault) => Add(new Line(endpoint, call, int.MaxValue, fault));

    /// <summary>Nothing goes wrong from now on.</summary>
    public void Clear()
    {
        lock (turn) lines.Clear();
    }

    /// <summary>Counts a call, and says what it meets: the line written first wins; null for nothing.</summary>
    public Fault? Next(string endpoint)
    {
        lock (turn)
        {
            Fault? met = null;
            foreach (var line in lines.Where(line => line.Endpoint is Any || line.Endpoint == endpoint))
            {
                line.Calls++;
                if (line.Calls >= line.First && line.Calls <= line.Last) met ??= line.Fault;
            }

            return met;
        }
    }

    private void Add(Line line)
    {
        lock (turn) lines.Add(line);
    }

    private sealed record Line(string Endpoint, int First, int Last, Fault Fault)
    {
        public int Calls { get; set; }
    }
}
