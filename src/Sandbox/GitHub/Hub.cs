using System.Globalization;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>All that the stand-in knows: accounts, tokens, repositories, one clock, one counter of numbers.</summary>
/// <param name="folder">Where the bare repositories are made.</param>
/// <param name="time">The clock that everything goes by.</param>
internal sealed class Hub(string folder, TimeProvider time) : IDisposable
{
    private readonly GitProgram git = new(TimeProvider.System, new GitLimits());
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<string, Account> accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RepositoryRecord> formerNames = new(StringComparer.OrdinalIgnoreCase);
    private long lastNumber = 1000;

    public TimeProvider Time => time;

    public GitProgram Git => git;

    /// <summary>Where it listens: <c>http://127.0.0.1:NNNN</c>, without a slash at the end.</summary>
    public string Address { get; set; } = "http://127.0.0.1";

    public List<RepositoryRecord> Repositories { get; } = [];

    public TokenStore Tokens { get; } = new();

    public EventLog Log { get; } = new(time);

    /// <summary>Now, to the second, as GitHub dates things.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The next number that nothing else has.</summary>
    public long NextId() => Interlocked.Increment(ref lastNumber);

    /// <summary>The account of that name, made when it isn't there.</summary>
    public Account Person(string login, string type = "User")
    {
        if (!accounts.TryGetValue(login, out var account)) accounts[login] = account = new Account(NextId(), login, type);
        return account;
    }

    /// <summary>The account of that name, or null.</summary>
    public Account? Known(string login) => accounts.GetValueOrDefault(login);

    /// <summary>Makes a repository; an owner's name that is in use is replaced, and the former one keeps its number only.</summary>
    public async Task<RepositoryRecord> CreateAsync(Account owner, string name, RepositoryRecord? parent, CancellationToken cancellationToken)
    {
        var id = NextId();
        var bare = new BareRepository(git, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{id}.git")), time);
        await bare.MakeAsync(cancellationToken);
        var repository = new RepositoryRecord(id, owner, name, bare) { CreatedAt = Now, PushedAt = Now, Parent = parent };
        await PushRefusals.InstallAsync(repository, cancellationToken);
        formerNames.Remove(repository.FullName);
        Repositories.Add(repository);
        return repository;
    }

    /// <summary>Gives a repository another name; the old one leads to it until somebody takes it.</summary>
    public void Rename(RepositoryRecord repository, string name)
    {
        formerNames[repository.FullName] = repository;
        repository.Name = name;
        formerNames.Remove(repository.FullName);
    }

    /// <summary>The repository of that name.</summary>
    /// <returns>The repository, and whether the name is a former one; null when there is none.</returns>
    public (RepositoryRecord? Repository, bool Moved) Find(string owner, string name)
    {
        var full = $"{owner}/{name}";
        var current = Repositories.FindLast(one => one.FullName.Equals(full, StringComparison.OrdinalIgnoreCase));
        return current is not null ? (current, false) : (formerNames.GetValueOrDefault(full), true);
    }

    /// <summary>Waits until nobody else changes anything; dispose what it gives back to let the next one in.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    public void Dispose() => gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
