import json

for epoch in range(3):
    loss, accuracy = step(epoch)
    print(f"epoch {epoch}: loss={loss:.4f}")
    for name, value in {"accuracy": accuracy}.items():
        print(f"{name}={value}")
print("accuracy: see above")
