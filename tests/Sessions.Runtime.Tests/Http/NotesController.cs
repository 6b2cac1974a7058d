using Microsoft.AspNetCore.Mvc;

namespace Sessions.Tests.Http;

public sealed class NotesController : Controller
{
    public string Write()
    {
        TempData["note"] = "saved!";
        return "";
    }

    public string Read() => (string?)TempData["note"] ?? "";
}
