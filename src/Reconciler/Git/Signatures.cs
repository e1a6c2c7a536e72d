using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>What git says of a commit's signature.</summary>
internal enum SignatureState
{
    /// <summary>It is right, and by a key that is known.</summary>
    Good,

    /// <summary>It is not by that key, or not over this commit, or the key was revoked.</summary>
    Bad,

    /// <summary>It is right, and by an SSH key that the list of allowed signers does not have.</summary>
    UnknownKey,

    /// <summary>It can't be checked here: the key is missing, or no list of allowed signers was named.</summary>
    NotChecked,
}

/// <summary>Asks git about signatures: SSH by a list of allowed signers, GPG by the keyring of whoever runs this.</summary>
internal sealed class Signatures(GitProgram git, string folder)
{
    /// <summary>Checks signed commits; one run of git.</summary>
    /// <param name="commits">Commits that bear a signature.</param>
    /// <param name="signersFile">A file of allowed SSH signers (<c>ssh-keygen(1)</c>), or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What git says, by commit.</returns>
    public async Task<ImmutableDictionary<ObjectId, SignatureState>> CheckAsync(
        IReadOnlyCollection<ObjectId> commits, string? signersFile, CancellationToken cancellation)
    {
        if (commits.Count == 0) return ImmutableDictionary<ObjectId, SignatureState>.Empty;
        ImmutableArray<string> signers = signersFile is null ? [] : ["-c", "gpg.ssh.allowedSignersFile=" + signersFile];
        var call = new GitCall
        {
            Purpose = "check signatures",
            Arguments = [.. signers, "log", "--no-walk=unsorted", "--format=%H %G?", "--stdin"],
            Folder = folder,
            Input = Encoding.ASCII.GetBytes(string.Concat(commits.Select(commit => commit.Text + "\n"))),
        };
        var answer = await git.RunAsync(call, cancellation);
        return Encoding.UTF8.GetString(answer.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 2 && ObjectId.TryParse(fields[0]) is not null)
            .ToImmutableDictionary(fields => ObjectId.TryParse(fields[0])!, fields => StateOf(fields[1]));
    }

    // The letters of %G? in git-log(1). An unknown validity is said of SSH keys that are not listed, and of GPG keys that are in the
    // keyring without trust; a key that has expired since was good then.
    private static SignatureState StateOf(string letter) => letter switch
    {
        "G" or "X" or "Y" => SignatureState.Good,
        "U" => SignatureState.UnknownKey,
        "B" or "R" => SignatureState.Bad,
        _ => SignatureState.NotChecked,
    };
}
