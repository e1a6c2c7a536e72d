namespace OdooSky.GitOps.Reconciler;

internal static class Program
{
    private static int Main()
    {
        Console.Error.WriteLine("odoosky: no verb yet");
        return 1;
    }
}
