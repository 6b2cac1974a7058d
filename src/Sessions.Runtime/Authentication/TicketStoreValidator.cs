using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Refuses, at start, tickets on a store that the server does not have.</summary>
internal sealed class TicketStoreValidator(IEnumerable<SessionStoreRegistration> stores) : IValidateOptions<TypedSessionOptions>
{
    public const string NeedsServer =
        "AddTicketStore() needs a store on the server, and StoreInCookies() keeps sessions with the clients: choose another store, or leave AddTicketStore() out.";

    public ValidateOptionsResult Validate(string? name, TypedSessionOptions options) =>
        SessionStoreRegistration.Find(stores, options.Store) == SessionStoreRegistration.Cookies
            ? ValidateOptionsResult.Fail(NeedsServer)
            : ValidateOptionsResult.Success;
}
