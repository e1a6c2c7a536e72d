namespace OdooSky.GitOps.Sandbox;

internal static class Program
{
    private static int Main()
    {
        Console.Error.WriteLine("odoosky-sandbox: no verb yet");
        return 1;
    }
}
