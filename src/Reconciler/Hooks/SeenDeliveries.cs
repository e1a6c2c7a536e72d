namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>
/// The newest deliveries, so that none is taken twice. GitHub's number of a delivery is not signed, so that whoever recorded one could
/// send it again under another number: its signature, which stands for its bytes, counts as well.
/// </summary>
/// <param name="most">How many are remembered.</param>
internal sealed class SeenDeliveries(int most)
{
    private readonly Lock turn = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Queue<(string Number, string Signature)> order = new();

    /// <summary>Remembers a delivery.</summary>
    /// <param name="number">GitHub's number of it.</param>
    /// <param name="signature">Its signature, in one spelling.</param>
    /// <returns>False: it came before.</returns>
    public bool IsNew(string number, string signature)
    {
        (number, signature) = ("number " + number, "signature " + signature);
        lock (turn)
        {
            if (known.Contains(number) || known.Contains(signature)) return false;
            known.Add(number);
            known.Add(signature);
            order.Enqueue((number, signature));
            if (order.Count <= most) return true;
            var oldest = order.Dequeue();
            known.Remove(oldest.Number);
            known.Remove(oldest.Signature);
            return true;
        }
    }
}
