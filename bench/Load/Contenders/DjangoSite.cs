namespace Sessions.Load;

/// <summary>Django's sessions in SQLite, under gunicorn: a worker a processor.</summary>
internal sealed class DjangoSite : Contender
{
    private const string Gunicorn = "/usr/bin/gunicorn";

    public override string Name => "Django, Sqlite";

    public override (string Command, string[] Arguments)? External(int port, string directory) => (Gunicorn,
    [
        "--bind", $"127.0.0.1:{port}", "--workers", $"{Environment.ProcessorCount}", "--keep-alive", "60", "--worker-class", "gthread", "--threads", "16",
        "--chdir", Path.Combine(AppContext.BaseDirectory, "Django"), "--env", $"SITE_DIRECTORY={directory}", "--log-level", "error", "--preload", "visitors:application",
    ]);

    public override string? Missing() =>
        File.Exists(Gunicorn) && Directory.Exists("/usr/lib/python3/dist-packages/django") ? null : "Debian's packages python3-django and gunicorn";
}
