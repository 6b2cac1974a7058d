using Microsoft.AspNetCore.Identity;

namespace Sessions.Tests.Authentication;

/// <summary>A user of ASP.NET Core Identity.</summary>
internal sealed class TestUser
{
    public string Name { get; init; } = "";

    public string? PasswordHash { get; set; }

    public bool HasTwoFactors { get; set; }

    public string SecurityStamp { get; set; } = "1";
}

/// <summary>The users, in memory.</summary>
internal sealed class TestUsers : IUserPasswordStore<TestUser>, IUserTwoFactorStore<TestUser>, IUserSecurityStampStore<TestUser>
{
    private readonly Dictionary<string, TestUser> _users = new[] { "ann", "bob" }.ToDictionary(name => name, name => new TestUser { Name = name });

    public TestUser this[string name] => _users[name];

    public Task<TestUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(_users.GetValueOrDefault(userId));

    public Task<TestUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(_users.GetValueOrDefault(normalizedUserName.ToLowerInvariant()));

    public Task<string> GetUserIdAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult(user.Name);

    public Task<string?> GetUserNameAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetPasswordHashAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<bool> GetTwoFactorEnabledAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult(user.HasTwoFactors);

    public Task<string?> GetSecurityStampAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(TestUser user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task SetPasswordHashAsync(TestUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task SetTwoFactorEnabledAsync(TestUser user, bool enabled, CancellationToken cancellationToken)
    {
        user.HasTwoFactors = enabled;
        return Task.CompletedTask;
    }

    public Task<IdentityResult> UpdateAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<string?> GetNormalizedUserNameAsync(TestUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name.ToUpperInvariant());

    public Task SetNormalizedUserNameAsync(TestUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetUserNameAsync(TestUser user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(TestUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(TestUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

/// <summary>A second factor that is always the same number.</summary>
internal sealed class TestCode : IUserTwoFactorTokenProvider<TestUser>
{
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<TestUser> manager, TestUser user) => Task.FromResult(true);

    public Task<string> GenerateAsync(string purpose, UserManager<TestUser> manager, TestUser user) => Task.FromResult("123456");

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<TestUser> manager, TestUser user) => Task.FromResult(token == "123456");
}
